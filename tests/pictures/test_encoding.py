"""What becomes of the pixels, and that nothing but pixels stays."""

import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms
from PIL.Image import Transpose

from pictures.decoding.encoding import decode, encode
from pictures.decoding.refusal import Reason, Refusal

from . import making
from .making import BLUE, RED, TURNED_HEIC, exif, file, halves

WHITE = (255, 255, 255)
# How a camera stores an upright scene when it is held that way, by the EXIF standard.
LYING = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}


def sizes(content: BytesIO):
    """The large picture, the small one, and the size of the large one in pixels."""
    picture = decode(content)
    return *encode(picture), picture.size


def large(content: bytes) -> Image.Image:
    picture, _small, size = sizes(BytesIO(content))
    image = Image.open(BytesIO(picture))
    image.load()
    assert (image.format, image.mode, image.size) == ("WEBP", "RGB", size)
    return image


def near(pixel, colour, within: int = 45) -> bool:
    return all(abs(a - b) <= within for a, b in zip(pixel, colour, strict=True))


def sides(image: Image.Image):
    """Colours in the middle of the left, right, top and bottom edge."""
    width, height = image.size
    places = [(2, height // 2), (width - 3, height // 2), (width // 2, 2), (width // 2, height - 3)]
    return [image.getpixel(place) for place in places]


def is_halves(image: Image.Image) -> bool:
    left, right, *_rest = sides(image)
    return near(left, RED) and near(right, BLUE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_each_format_becomes_webp(kind):
    image = large(file(halves(), kind))
    assert image.size == (96, 64)
    assert is_halves(image)


def test_heic_becomes_upright_webp_without_its_place():
    image = large(TURNED_HEIC)
    assert image.size == (64, 96)
    assert near(sides(image)[2], RED)
    assert near(sides(image)[3], BLUE)
    assert not image.getexif()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_orientation_comes_out_upright(kind, orientation):
    picture = halves((96, 64))
    picture.paste(WHITE, (0, 0, 96, 20))
    lying = picture if orientation == 1 else picture.transpose(LYING[orientation])
    image = large(file(lying, kind, exif=exif(orientation)))
    assert image.size == (96, 64)
    assert near(image.getpixel((10, 5)), WHITE)
    assert near(image.getpixel((10, 50)), RED)
    assert near(image.getpixel((85, 50)), BLUE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_metadata_survives(kind):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = file(halves(), kind, exif=exif(6), icc_profile=profile, xmp=b"<x>Maria</x>")
    picture, small, _size = sizes(BytesIO(content))
    for made in (picture, small):
        image = Image.open(BytesIO(made))
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile"} & {key for key in image.info if image.info[key]}
        assert not any(word in made for word in (b"EXIF", b"XMP ", b"ICCP", b"Maria"))


def test_a_comment_in_a_jpeg_is_gone():
    picture, _small, _size = sizes(BytesIO(file(halves(), "JPEG", comment=b"Maria 600700800")))
    assert b"Maria" not in picture


def test_cmyk_becomes_rgb():
    assert is_halves(large(file(halves(mode="CMYK"), "JPEG")))


def test_grey_stays_grey():
    image = large(file(halves(mode="L"), "JPEG"))
    red, green, blue = image.getpixel((10, 30))
    assert max(red, green, blue) - min(red, green, blue) <= 6


def test_sixteen_bit_grey_keeps_its_brightness():
    picture = Image.new("I;16", (64, 64), 0xC000)
    assert near(large(file(picture, "PNG")).getpixel((30, 30)), (0xC0, 0xC0, 0xC0), within=4)


def test_sixteen_bit_grey_with_a_transparent_value_is_taken():
    picture = Image.new("I;16", (64, 64), 0xC000)
    assert large(file(picture, "PNG", transparency=0xFFFF)).size == (64, 64)


def test_one_bit_is_taken():
    assert near(large(file(Image.new("1", (64, 64), 1), "PNG")).getpixel((30, 30)), WHITE)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_what_was_transparent_becomes_white(mode):
    picture = halves(mode="RGBA")
    picture.putalpha(0)
    content = file(picture if mode == "PA" else picture.convert(mode), "PNG")
    assert near(large(content).getpixel((30, 30)), WHITE)


def test_a_palette_with_a_transparent_colour_becomes_white_there():
    picture = halves(mode="RGB").quantize(8)
    content = file(picture, "PNG", transparency=picture.getpixel((2, 2)))
    left, right, *_rest = sides(large(content))
    assert near(left, WHITE)
    assert near(right, BLUE)


@pytest.mark.parametrize("kind", ["WEBP", "AVIF", "PNG"])
def test_only_the_first_frame_of_an_animation_stays(kind):
    second = Image.new("RGB", (96, 64), (0, 255, 0))
    content = file(halves(), kind, save_all=True, append_images=[second], duration=100)
    image = large(content)
    assert getattr(image, "n_frames", 1) == 1
    assert is_halves(image)


def test_the_colour_profile_is_applied():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The profile of a camera whose first channel is blue and whose third is red.
    crossed = profile.replace(b"rXYZ", b"----").replace(b"bXYZ", b"rXYZ").replace(b"----", b"bXYZ")
    left, right, *_rest = sides(large(file(halves(), "PNG", icc_profile=crossed)))
    assert near(left, BLUE)
    assert near(right, RED)


@pytest.mark.parametrize("profile", [b"nonsense", b"\0" * 4096, b"\xff" * 200])
def test_a_damaged_colour_profile_is_ignored(profile):
    assert is_halves(large(file(halves(), "JPEG", icc_profile=profile)))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4032, 3024), (2016, 1512)),
        ((3024, 4032), (1512, 2016)),
        ((5000, 100), (2048, 41)),
        ((640, 480), (640, 480)),
        ((1, 1), (1, 1)),
        ((1, 9000), (1, 2048)),
    ],
)
def test_large_is_at_most_2048_pixels_and_never_enlarged(size, expected):
    image = large(file(Image.new("RGB", size, RED), "JPEG", quality=50))
    assert max(image.size) <= 2048
    assert all(abs(a - b) <= max(1, b // 9) for a, b in zip(image.size, expected, strict=True))


def test_small_is_at_most_480_pixels():
    _large, small, _size = sizes(BytesIO(file(halves((1200, 900)), "JPEG")))
    assert Image.open(BytesIO(small)).size == (480, 360)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_truncated_file_is_refused(kind, part):
    content = file(Image.effect_noise((300, 200), 80).convert("RGB"), kind)
    with pytest.raises(Refusal):
        decode(BytesIO(content[: int(len(content) * part)]))


def test_a_truncated_heic_is_refused():
    with pytest.raises(Refusal):
        decode(BytesIO(TURNED_HEIC[:-150]))


@pytest.mark.parametrize("raw", making.HOSTILE_EXIF.values(), ids=making.HOSTILE_EXIF)
def test_hostile_exif_harms_nothing(raw):
    assert is_halves(large(making.jpeg_with_exif(raw)))


def test_a_png_whose_pixels_are_missing_is_refused():
    with pytest.raises(Refusal) as refused:
        decode(BytesIO(making.png(100, 100)))
    assert refused.value.reason == Reason.DAMAGED


def test_a_png_whose_text_unpacks_to_much_is_refused():
    text = making.chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 200_000_000, 9))
    pixels = making.chunk(b"IDAT", zlib.compress(b"\0" * 101 * 100))
    with pytest.raises(Refusal):
        decode(BytesIO(making.png(100, 100, text, pixels)))
