"""What may be uploaded, decided by its content, and how it is answered."""

import stat
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from reports.models import Photo
from reports.photos.processing import process_due
from tests.pictures import jpeg_upload, making
from tests.pictures.making import TURNED_HEIC, file, halves

pytestmark = pytest.mark.django_db
URL = "/api/v1/photos/"
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)
HTML = b"<!doctype html><script>alert(document.domain)</script>"


def zipped() -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("Evil.class", b"\xca\xfe\xba\xbe")
    return target.getvalue()


def upload(client, content: bytes, name: str = "dziura.jpg", declared: str = "image/jpeg"):
    return client.post(URL, {"file": SimpleUploadedFile(name, content, declared)})


def refused(answer, status: int) -> bool:
    refusal = answer.json()
    return (
        answer.status_code == status
        and bool(refusal["code"] and refusal["detail"] and refusal["fields"]["file"])
        and not Photo.objects.exists()
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_an_upload_waits_for_the_worker(client, kind):
    answer = upload(client, file(halves(), kind))
    assert answer.status_code == 201
    photo = Photo.objects.get(pk=answer.json()["id"])
    assert (photo.state, photo.report, photo.is_public) == (Photo.State.WAITING, None, False)
    assert photo.original.read() == file(halves(), kind)


def test_heic_is_taken(client):
    assert upload(client, TURNED_HEIC, "IMG_0001.HEIC", "").status_code == 201


def test_neither_name_nor_declared_type_count(client):
    answer = upload(client, file(halves(), "PNG"), "../../etc/passwd.exe", "text/html")
    assert answer.status_code == 201
    assert "passwd" not in Photo.objects.get().original.name


def test_nothing_is_public_before_the_worker_and_staff(client):
    photo = upload(client, file(halves(), "JPEG")).json()["id"]
    process_due()
    for size in ("small", "large"):
        assert client.get(reverse("reports:photo", args=[photo, size])).status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        SVG,
        HTML,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        file(halves(), "GIF"),
        file(halves(), "BMP"),
        file(halves(), "TIFF"),
        file(halves(), "ICO"),
        file(halves(), "PPM"),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        zipped(),
        b"\0" * 1000,
        b"x",
        "zdjęcie".encode() * 1000,
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x10\0\0\0WEBPVP8 ",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"\0\0\0\x18ftypavif\0\0\0\0mif1avif",
        HTML + file(halves(), "JPEG"),
    ],
    ids=lambda content: repr(content[:8]),
)
def test_what_is_no_photo_is_refused(client, content):
    answer = upload(client, content)
    assert refused(answer, 415) or refused(answer, 400), answer.content


@pytest.mark.parametrize("content", [SVG, HTML, file(halves(), "GIF"), b"%PDF-1.7\n", zipped()])
def test_another_type_is_415(client, content):
    assert refused(upload(client, content), 415)


def test_an_empty_file_is_400(client):
    assert refused(upload(client, b""), 400)


@pytest.mark.parametrize("tail", [HTML, zipped(), SVG], ids=["html", "zip", "svg"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_hides_behind_a_photo_is_not_kept(client, kind, tail):
    assert upload(client, file(halves(), kind) + tail).status_code == 201
    process_due()
    photo = Photo.objects.get()
    assert photo.state == Photo.State.READY
    for made in (photo.large, photo.small):
        raw = made.read()
        assert tail not in raw
        assert len(raw) < 5_000


def test_a_decompression_bomb_is_413_unopened(client):
    content = making.bomb()
    assert len(content) < 100_000
    assert refused(upload(client, content), 413)


@pytest.mark.parametrize("size", [(0x7FFFFFFF, 0x7FFFFFFF), (9000, 9000), (80_000_001, 1)])
def test_too_many_pixels_are_413(client, size):
    assert refused(upload(client, making.png(*size)), 413)


def test_a_webp_that_claims_a_huge_canvas_is_refused(client):
    content = file(Image.new("RGBA", (64, 64)), "WEBP", lossless=True, exif=making.exif())
    place = content.index(b"VP8X") + 12
    assert upload(
        client, content[:place] + b"\xff\xff\x3f\xff\x03\0" + content[place + 6 :]
    ).json()["fields"]
    assert not Photo.objects.exists()


def test_more_than_15_megabytes_are_413(client):
    content = file(halves(), "JPEG")
    assert refused(upload(client, content + bytes(15 * 1024 * 1024)), 413)


def test_just_15_megabytes_are_taken(client):
    content = file(halves(), "JPEG")
    whole = content + bytes(15 * 1024 * 1024 - len(content))
    assert upload(client, whole).status_code == 201


@pytest.mark.parametrize("body", [{}, {"file": "tekst"}, {"plik": "x"}])
def test_a_form_without_a_file_is_400(client, body):
    assert refused(client.post(URL, body), 400)


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 415),
        ("image/jpeg", 415),
        ("multipart/form-data", 400),
        ("multipart/form-data; boundary=", 400),
        ("multipart/form-data; boundary=x", 400),
    ],
)
def test_another_envelope_is_refused(client, content_type, status):
    answer = client.generic("POST", URL, file(halves(), "JPEG"), content_type=content_type)
    assert answer.status_code == status
    assert answer.json()["code"]


@pytest.mark.parametrize("raw", making.HOSTILE_EXIF.values(), ids=making.HOSTILE_EXIF)
def test_hostile_exif_does_not_reach_anybody(client, raw):
    assert upload(client, making.jpeg_with_exif(raw)).status_code == 201
    process_due()
    photo = Photo.objects.get()
    assert (photo.state, photo.original.name) == (Photo.State.READY, "")
    for made in (photo.large, photo.small):
        content = made.read()
        image = Image.open(BytesIO(content))
        assert (image.format, image.size, dict(image.getexif())) == ("WEBP", (96, 64), {})
        assert not any(part in content for part in (b"EXIF", b"Exif", raw))


def test_the_original_cannot_be_asked_for(client, operator):
    photo = upload(client, file(halves(), "JPEG")).json()["id"]
    client.force_login(operator)
    for size in ("original", "..", "large"):
        assert client.get(f"/zdjecia/{photo}/{size}.webp").status_code == 404


def test_a_disk_that_is_nearly_full_takes_no_photos(client, monkeypatch, settings):
    settings.MIN_FREE_BYTES = 2**62
    answer = client.post("/api/v1/photos/", {"file": jpeg_upload()})
    assert (answer.status_code, answer.json()["code"]) == (503, "no_room")
    answer = client.post("/api/v1/uploads/", HTTP_UPLOAD_LENGTH="100")
    assert answer.status_code == 503


def test_only_the_portals_own_user_reads_what_is_stored(client, operator, settings, tmp_path):
    root = tmp_path / "photos"
    root.mkdir(mode=0o755)
    settings.PHOTO_DIR = root
    settings.STORAGES = settings.STORAGES | {
        "photos": {
            **settings.STORAGES["photos"],
            "OPTIONS": {**settings.STORAGES["photos"]["OPTIONS"], "location": str(root)},
        }
    }
    content = file(halves(), "JPEG")
    answer = client.post("/api/v1/uploads/", headers={"Upload-Length": str(len(content))})
    kind, offset = "application/offset+octet-stream", {"Upload-Offset": "0"}
    client.patch(answer["Location"], content[:100], content_type=kind, headers=offset)
    stored = [root, *root.rglob("*")]
    photo = Photo()
    photo.original.save(photo.id.hex, SimpleUploadedFile("x", content), save=False)
    original = Path(photo.original.path)
    stored += [original, original.parent, original.parent.parent]
    assert len([path for path in stored if path.is_file()]) == 2
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in stored}
    assert modes == {(True, 0o700), (False, 0o600)}
