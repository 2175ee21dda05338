"""What the worker does with photos: claims, outcomes, and the files that it leaves."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pictures.child import run_job
from pictures.errors import PhotoGivenUp
from reports.models import Photo
from reports.photos import processing
from reports.photos.processing import claim, keep, process, process_due
from reports.photos.uploading import store_upload
from tests.factories import submitted
from tests.pictures import jpeg_upload
from tests.pictures.making import file, halves

pytestmark = pytest.mark.django_db


def uploaded(content: bytes | None = None) -> Photo:
    return store_upload(jpeg_upload(content))


def truncated() -> bytes:
    content = file(halves((600, 400)), "JPEG")
    return content[: len(content) // 2]


def lapse(photo: Photo) -> None:
    """Let the lease run out, as if its worker never came back."""
    Photo.objects.filter(pk=photo.pk).update(leased_until=timezone.now() - timedelta(seconds=1))


def files() -> set[str]:
    storage, found = storages["photos"], set()
    for size in ("original", "large", "small"):
        if storage.exists(size):
            for folder in storage.listdir(size)[0]:
                found |= {f"{size}/{folder}/{f}" for f in storage.listdir(f"{size}/{folder}")[1]}
    return found


def test_a_photo_becomes_ready_and_its_original_goes():
    photo = uploaded()
    original = photo.original.name
    assert process_due() == 1
    photo.refresh_from_db()
    assert (photo.state, photo.original.name, photo.leased_until) == (Photo.State.READY, "", None)
    assert (photo.width, photo.height) == (640, 480)
    assert photo.large.storage.exists(photo.large.name)
    assert photo.small.storage.exists(photo.small.name)
    assert not photo.large.storage.exists(original)


def test_a_truncated_photo_is_refused_with_a_reason_and_its_original_goes():
    photo = uploaded(truncated())
    original = photo.original.name
    process_due()
    photo.refresh_from_db()
    assert photo.state == Photo.State.REFUSED
    assert "uszkodzone" in photo.refusal
    assert not photo.large
    assert not photo.small
    assert not photo.original
    assert not storages["photos"].exists(original)


def test_one_bad_photo_does_not_hold_up_the_next():
    uploaded(truncated())
    good = uploaded()
    assert process_due() == 2
    good.refresh_from_db()
    assert good.state == Photo.State.READY


def test_a_photo_is_processed_once():
    uploaded()
    assert process_due() == 1
    assert process_due() == 0


def test_a_claimed_photo_is_left_alone_until_its_lease_ends(time_machine):
    photo = uploaded()
    assert claim(timezone.now()).pk == photo.pk
    assert claim(timezone.now()) is None
    with time_machine(seconds=settings.LEASE_SECONDS + 1):
        assert claim(timezone.now()).attempts == 2


def test_a_file_that_ended_two_workers_is_refused_unopened():
    photo = uploaded()
    for _worker in range(2):
        claim(timezone.now())
        lapse(photo)
    process_due()
    photo.refresh_from_db()
    assert photo.state == Photo.State.REFUSED
    assert photo.refusal == str(PhotoGivenUp.detail)
    assert not photo.original


def test_a_lost_original_is_refused():
    photo = uploaded()
    photo.original.storage.delete(photo.original.name)
    process_due()
    photo.refresh_from_db()
    assert photo.state == Photo.State.REFUSED
    assert "zaginął" in photo.refusal


def test_a_worker_that_was_too_slow_changes_nothing():
    photo = uploaded()
    slow = claim(timezone.now())
    lapse(photo)
    process_due()
    photo.refresh_from_db()
    before = files()
    process(slow)
    again = Photo.objects.get(pk=photo.pk)
    assert (again.state, again.large.name) == (Photo.State.READY, photo.large.name)
    assert again.refusal == ""
    assert files() == before


def test_a_slow_worker_that_had_finished_takes_its_own_files_away():
    photo = uploaded()
    slow = claim(timezone.now())
    with slow.original.open("rb") as original:
        made = run_job("develop", original, makes=2, most_pixels=settings.MAX_PHOTO_PIXELS)
    lapse(photo)
    process_due()
    before = files()
    keep(slow, made)
    photo.refresh_from_db()
    assert files() == before
    assert photo.large.storage.exists(photo.large.name)


def test_files_of_a_killed_attempt_are_taken_away_by_the_next():
    photo = uploaded()
    claim(timezone.now())
    half = processing.names(photo, 1)[0]
    storages["photos"].save(half, SimpleUploadedFile("x", b"RIFF half a file"))
    lapse(photo)
    process_due()
    photo.refresh_from_db()
    assert photo.state == Photo.State.READY
    assert half not in files()


def test_a_photo_erased_meanwhile_stays_erased():
    uploaded()
    gone = claim(timezone.now())
    Photo.objects.all().delete()
    process(gone)
    assert not Photo.objects.exists()
    assert not {name for name in files() if gone.id.hex in name and "original" not in name}


def test_a_photo_attached_while_it_was_processed_stays_attached():
    photo = uploaded()
    claimed = claim(timezone.now())
    report = submitted(photo_ids=[photo.pk])
    process(claimed)
    photo.refresh_from_db()
    assert (photo.report, photo.state) == (report, Photo.State.READY)


@pytest.mark.parametrize("lack", [MemoryError(), OSError(5, "Input/output error")])
def test_no_photo_is_lost_when_the_machine_lacks_something_for_a_moment(monkeypatch, lack):
    photo = store_upload(jpeg_upload())

    def lacks(*_arguments, **_options):
        raise lack

    with monkeypatch.context() as patch:
        patch.setattr(processing, "run_job", lacks)
        for _time in range(6):
            process_due()
            Photo.objects.update(leased_until=None)
    photo.refresh_from_db()
    assert photo.state == Photo.State.WAITING
    process_due()
    photo.refresh_from_db()
    assert photo.state == Photo.State.READY


def test_a_file_that_asks_for_too_much_each_time_is_given_up_one_day(monkeypatch):
    photo = store_upload(jpeg_upload())
    Photo.objects.update(uploaded_at=timezone.now() - timedelta(days=2))

    def lacks(*_arguments, **_options):
        raise MemoryError

    monkeypatch.setattr(processing, "run_job", lacks)
    for _time in range(5):
        process_due()
        Photo.objects.filter(state="waiting").update(leased_until=None)
    photo.refresh_from_db()
    assert photo.state == Photo.State.REFUSED
