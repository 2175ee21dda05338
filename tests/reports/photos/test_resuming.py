"""A photo in parts, by tus 1.0.0: interruptions, repeats and false claims."""

import shutil
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from reports.models import Photo, Upload
from reports.photos import resuming
from reports.photos.processing import process_due
from reports.photos.retention import erase_unattached
from tests.factories import submitted
from tests.pictures import jpeg

pytestmark = pytest.mark.usefixtures("committed")
URL = "/api/v1/uploads/"
KIND = "application/offset+octet-stream"


@pytest.fixture(autouse=True)
def no_parts_of_others():
    """What other tests left unfinished is not counted."""
    shutil.rmtree(Path(storages["photos"].path("partial")), ignore_errors=True)


def begin(client, length: int | str):
    return client.post(URL, headers={"Upload-Length": str(length)})


def place(client, content: bytes) -> str:
    return begin(client, len(content))["Location"]


def part(client, at: str, offset: int | str, content: bytes, kind: str = KIND):
    return client.patch(at, content, content_type=kind, headers={"Upload-Offset": str(offset)})


def kept_parts() -> list[str]:
    root = storages["photos"]
    folders = root.listdir("partial")[0] if root.exists("partial") else []
    return [name for folder in folders for name in root.listdir(f"partial/{folder}")[1]]


def test_parts_become_the_photo_of_that_id(client):
    content = jpeg()
    at = place(client, content)
    first = part(client, at, 0, content[:2000])
    assert (first.status_code, first["Upload-Offset"]) == (204, "2000")
    assert not Photo.objects.exists()
    assert client.head(at)["Upload-Offset"] == "2000"
    last = part(client, at, 2000, content[2000:])
    assert last["Upload-Offset"] == str(len(content))
    photo = Photo.objects.get()
    assert at.endswith(f"/{photo.pk}/")
    assert photo.original.read() == content
    assert kept_parts() == []
    report = submitted(photo_ids=[photo.pk], photo_descriptions={photo.pk: "Dziura w asfalcie"})
    process_due()
    assert report.photos.get().description == "Dziura w asfalcie"


def test_a_disk_that_has_filled_up_takes_no_further_parts(client, settings):
    """Reports still need the space, and an upload may have begun when there was more."""
    content = jpeg()
    at = place(client, content)
    part(client, at, 0, content[:2000])
    reserve, settings.MIN_FREE_BYTES = settings.MIN_FREE_BYTES, 2**62
    answer = part(client, at, 2000, content[2000:4000])
    assert (answer.status_code, answer.json()["code"]) == (503, "no_room")
    assert len(kept_parts()) == 1
    settings.MIN_FREE_BYTES = reserve
    assert client.head(at)["Upload-Offset"] == "2000"
    assert part(client, at, 2000, content[2000:]).status_code == 204


def test_it_speaks_tus(client):
    answer = begin(client, 10)
    assert answer.status_code == 201
    assert (answer["Tus-Resumable"], answer["Tus-Extension"]) == ("1.0.0", "creation")
    assert answer["Cache-Control"] == "no-store"
    assert client.options(URL)["Tus-Version"] == "1.0.0"


def test_a_part_that_is_there_already_is_not_taken_twice(client):
    content = jpeg()
    at = place(client, content)
    part(client, at, 0, content[:2000])
    again = part(client, at, 0, content[:2000])
    assert (again.status_code, again.json()["received"]) == (409, 2000)
    assert part(client, at, 2000, content[2000:]).status_code == 204
    assert Photo.objects.get().original.read() == content
    assert part(client, at, len(content), b"").status_code == 204


def test_a_part_whose_file_was_left_by_a_kill_is_taken_anew(client):
    content = jpeg()
    at = place(client, content)
    key = Upload.objects.get().pk.hex
    storages["photos"].save(f"partial/{key[:2]}/{key}-0-abcdef01", ContentFile(b"half of a part"))
    part(client, at, 0, content[:2000])
    part(client, at, 2000, content[2000:])
    assert Photo.objects.get().original.read() == content


@pytest.mark.parametrize("ends", [[2000], [], [2000, 4000]], ids=["part", "whole", "two parts"])
def test_the_same_part_at_one_moment_is_taken_once(client, monkeypatch, ends):
    """The second request stores its file while the first one is being recorded."""
    content = jpeg()
    at = place(client, content)
    for start, end in pairwise([0, *ends]):
        part(client, at, start, content[start:end])
    start = ends[-1] if ends else 0
    count_part = resuming._count_part

    def another_is_faster(*arguments, **options):
        monkeypatch.setattr(resuming, "_count_part", count_part)
        assert part(client, at, start, content[start:]).status_code == 204
        return count_part(*arguments, **options)

    monkeypatch.setattr(resuming, "_count_part", another_is_faster)
    slower = part(client, at, start, content[start:])
    assert (slower.status_code, slower.json()["received"]) == (409, len(content))
    photo = Photo.objects.get()
    assert photo.original.read() == content
    folder = f"original/{photo.pk.hex[:2]}"
    stored = [name for name in storages["photos"].listdir(folder)[1] if photo.pk.hex in name]
    assert [f"{folder}/{name}" for name in stored] == [photo.original.name]
    assert kept_parts() == []


def test_parts_that_were_lost_begin_again(client):
    content = jpeg()
    at = place(client, content)
    part(client, at, 0, content[:2000])
    storages["photos"].delete(Upload.objects.get().parts[0])
    assert part(client, at, 2000, content[2000:]).json()["code"] == "upload_unknown"
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("length", "status"),
    [
        ("", 400),
        ("x", 400),
        ("-1", 400),
        ("0", 400),
        (15 * 1024 * 1024 + 1, 413),
        (2**31 - 1, 413),
        (2**31, 400),
        ("9" * 30, 400),
    ],
)
def test_a_length_that_is_none_or_too_much_is_refused(client, length, status):
    assert begin(client, length).status_code == status
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("offset", "content", "kind", "status"),
    [
        (0, b"x" * 11, KIND, 413),
        (5, b"x", KIND, 409),
        ("x", b"x", KIND, 400),
        (0, b"x", "application/json", 415),
        (0, b"x" * (1024 * 1024 + 1), KIND, 413),
    ],
)
def test_a_part_that_does_not_fit_changes_nothing(client, offset, content, kind, status):
    at = begin(client, 10)["Location"]
    assert part(client, at, offset, content, kind).status_code == status
    assert Upload.objects.get().received == 0
    assert kept_parts() == []


def test_what_is_no_photo_is_refused_at_the_end(client):
    at = begin(client, 9)["Location"]
    answer = part(client, at, 0, b"<svg></sv")
    assert answer.status_code == 415
    assert "zdjęcie" in answer.json()["detail"]
    assert not Photo.objects.exists()


def test_nobody_goes_on_with_what_was_never_begun(client):
    at = f"{URL}{uuid4()}/"
    assert client.head(at).status_code == 404
    assert part(client, at, 0, b"x").json()["code"] == "upload_unknown"


def test_unfinished_uploads_are_forgotten_with_their_parts(client, settings):
    at = begin(client, 10)["Location"]
    part(client, at, 0, b"12345")
    settings.PHOTO_UNATTACHED_HOURS = 0
    Upload.objects.update(started_at=timezone.now() - timedelta(hours=1))
    erase_unattached()
    assert not Upload.objects.exists()
    assert kept_parts() == []


@pytest.mark.parametrize("length", ["0" * 20 + "9" * 5000, "1" * 11, "٣"])
def test_an_endless_length_is_no_length(client, length):
    answer = client.post("/api/v1/uploads/", HTTP_UPLOAD_LENGTH=length)
    assert answer.status_code == 400
