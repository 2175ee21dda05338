"""Faces and plates are found, proposed to staff, and blurred for good when staff say so."""

from importlib.util import find_spec
from pathlib import Path

import cv2
import pytest
from django.core.files.storage import storages
from django.urls import reverse
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageStat

from accounts.models import AuditEntry
from pictures.decoding import detecting
from pictures.decoding.detecting import find_areas
from reports.models import Photo
from reports.photos.blurring import NothingToBlur, PhotoChanged, blur_photo
from reports.photos.clearing import PhotoNotReady, clear_photo
from reports.photos.processing import process_due
from reports.photos.uploading import store_upload
from reports.public import find_public
from tests.factories import dispatched
from tests.pictures import jpeg_upload
from tests.pictures.making import file

HEAD = (250, 200, 256, 300)  # left, top, width, height in pixels
PLATE = (600, 700, 240, 52)  # left, top, width, height in pixels


def portrait(size: tuple[int, int] = (900, 900)) -> Image.Image:
    """Grace Hopper (a photograph of the US Navy, in the public domain) before a grey wall."""
    found = find_spec("matplotlib")
    file = Path(found.submodule_search_locations[0], "mpl-data/sample_data/grace_hopper.jpg")
    picture = Image.new("RGB", size, (120, 125, 130))
    with Image.open(file) as admiral:
        picture.paste(admiral.convert("RGB").resize((256, 300)), HEAD[:2])
    return picture


def car() -> Image.Image:
    """A dark car with a white plate of the European size."""
    picture = Image.new("RGB", (1400, 1000), (60, 70, 90))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((300, 200, 1200, 850), fill=(30, 40, 120))
    left, top, width, height = PLATE
    draw.rectangle((left, top, left + width, top + height), "white", "black", 2)
    draw.rectangle((left, top, left + 20, top + height), (0, 50, 150))
    font = ImageFont.load_default(height * 0.82)
    draw.text((left + 30, top), "EL 4R217", fill="black", font=font)
    return picture


def overlaps(box, left, top, right, bottom) -> bool:
    x, y, width, height = box
    return x < right and left < x + width and y < bottom and top < y + height


def test_a_face_is_found_where_it_is():
    (area,) = find_areas(portrait())
    x, y, width, height = HEAD
    assert area["kind"] == "face"
    assert overlaps(area["box"], x, y, x + width, y + height)


def test_a_number_plate_is_found_where_it_is():
    (area,) = find_areas(car())
    left, top, width, height = PLATE
    assert area["kind"] == "plate"
    assert overlaps(area["box"], left, top, left + width, top + height)


def test_pictures_of_other_sizes_do_not_confuse_it():
    assert find_areas(Image.new("RGB", (2048, 700), (120, 120, 120))) == []
    for size in ((900, 900), (2048, 1536), (700, 2048)):
        assert [area["kind"] for area in find_areas(portrait(size))] == ["face"]
    assert find_areas(Image.new("RGB", (3, 2000))) == []


def test_a_search_that_fails_is_told_from_one_that_finds_nothing(monkeypatch):
    def broken(_picture):
        raise cv2.error("no memory")

    monkeypatch.setattr(detecting, "_find_faces", broken)
    assert find_areas(portrait()) is None


@pytest.fixture
def photo(db) -> Photo:
    """A photo with one face, of a report that ZDiT has."""
    photo = store_upload(jpeg_upload(file(portrait(), "JPEG")))
    dispatched(photo_ids=[photo.pk])
    process_due()
    photo.refresh_from_db()
    return photo


def sharpness(photo: Photo, box) -> float:
    left, top, width, height = box
    with photo.large.open("rb") as stored:
        part = Image.open(stored).convert("L").crop((left, top, left + width, top + height))
    return ImageStat.Stat(part.filter(ImageFilter.FIND_EDGES)).stddev[0]


def difference_of_sizes(photo: Photo, box) -> float:
    """How much the small picture differs from the large one there, in shades of grey (0–255)."""
    left, top, width, height = box
    with photo.large.open("rb") as large, photo.small.open("rb") as small:
        picture = Image.open(large).convert("L")
        enlarged = Image.open(small).convert("L").resize(picture.size)
    part = ImageChops.difference(picture, enlarged).crop((left, top, left + width, top + height))
    return ImageStat.Stat(part).mean[0]


def stored_files() -> set[str]:
    root = storages["photos"]
    folders = [f"{size}/{name}" for size in ("large", "small") for name in root.listdir(size)[0]]
    return {f"{folder}/{name}" for folder in folders for name in root.listdir(folder)[1]}


def test_a_blurred_face_is_gone_for_good(photo, operator):
    box = photo.areas[0]["box"]
    before, names = sharpness(photo, box), {photo.large.name, photo.small.name}
    blur_photo(photo, [0], seen=photo.look, by=operator)
    process_due()
    photo = Photo.objects.get(pk=photo.pk)
    assert (photo.state, photo.areas, photo.to_blur) == (Photo.State.READY, [], [])
    assert not names & stored_files()
    assert {photo.large.name, photo.small.name} <= stored_files()
    with photo.large.open("rb") as stored:
        assert find_areas(Image.open(stored)) == []
    # The sharp picture has half as much again, and so has one of twelve squares a side.
    assert sharpness(photo, box) < 0.7 * before
    assert difference_of_sizes(photo, box) < 5
    assert AuditEntry.objects.get(action="photo_blurred").details["areas"] == 1


def test_staff_see_the_proposal_and_press_once(client, photo, operator):
    client.force_login(operator)
    page = reverse("panel:report", args=[photo.report.reference])
    assert "1. twarz" in client.get(page).content.decode()
    where = reverse("panel:blur-photo", args=[photo.report.reference, photo.pk])
    sent = {
        "blur-version": photo.report.version,
        "blur-areas": "0",
        "blur-look": photo.look,
    }
    assert client.post(where, sent).status_code == 302
    shown = client.get(page).content.decode()
    assert "1. twarz" not in shown
    assert "zamazujemy" in shown
    assert where not in shown
    # The button was pressed twice, or by two people.
    assert client.post(where, sent).status_code == 409


@pytest.mark.parametrize("chosen", [[], [7], [-1]])
def test_nothing_chosen_changes_nothing(photo, operator, chosen):
    with pytest.raises(NothingToBlur):
        blur_photo(photo, chosen, seen=photo.look, by=operator)
    assert Photo.objects.get().large.name == photo.large.name


def test_numbers_of_an_older_picture_blur_nothing(photo, operator):
    seen = photo.look
    Photo.objects.update(areas=[*photo.areas, *photo.areas])
    with pytest.raises(PhotoChanged):
        blur_photo(photo, [0], seen=seen, by=operator)
    with pytest.raises(PhotoChanged):
        clear_photo(photo, seen=seen, by=operator, is_public=True)
    assert not Photo.objects.get().is_public


def test_a_picture_whose_file_is_lost_is_refused_in_words(photo, operator):
    photo.large.storage.delete(photo.large.name)
    blur_photo(photo, [0], seen=photo.look, by=operator)
    process_due()
    photo.refresh_from_db()
    assert photo.state == Photo.State.REFUSED
    assert "zaginął" in photo.refusal


@pytest.mark.parametrize("was_public", [True, False])
def test_nobody_sees_a_photo_until_it_is_blurred(client, photo, operator, was_public):
    clear_photo(photo, seen=photo.look, by=operator, is_public=was_public)
    blur_photo(photo, [0], seen=photo.look, by=operator)
    photo.refresh_from_db()
    assert photo.state == Photo.State.BLURRING
    addresses = [reverse("reports:photo", args=[photo.pk, size]) for size in ("small", "large")]
    assert not find_public(photo.report.reference).photos
    assert {client.get(address).status_code for address in addresses} == {404}
    with pytest.raises(PhotoNotReady):
        clear_photo(photo, seen=photo.look, by=operator, is_public=True)
    with pytest.raises(PhotoChanged):
        blur_photo(photo, [0], seen=photo.look, by=operator)
    process_due()
    expected = 200 if was_public else 404
    assert {client.get(address).status_code for address in addresses} == {expected}


def test_what_was_seen_before_the_blurring_clears_nothing_after_it(photo, operator):
    seen = photo.look
    blur_photo(photo, [0], seen=seen, by=operator)
    process_due()
    with pytest.raises(PhotoChanged):
        clear_photo(photo, seen=seen, by=operator, is_public=True)


def test_a_photo_that_cannot_be_blurred_goes_back_to_staff_only(client, photo, operator, settings):
    clear_photo(photo, seen=photo.look, by=operator, is_public=True)
    areas = photo.areas
    blur_photo(photo, [0], seen=photo.look, by=operator)
    settings.PHOTO_CHILD_LIMITS = settings.PHOTO_CHILD_LIMITS | {"wall": 0}
    for _attempt in range(2):
        process_due()
        Photo.objects.update(leased_until=None)
    photo.refresh_from_db()
    assert (photo.state, photo.areas, photo.to_blur) == (Photo.State.READY, areas, [])
    assert not photo.is_public
    client.force_login(operator)
    page = client.get(reverse("panel:report", args=[photo.report.reference])).content.decode()
    assert "Nie udało się zamazać tego zdjęcia." in page
