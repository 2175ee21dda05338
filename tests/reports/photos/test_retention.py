"""Photos that nobody sent, and files that no row names, are deleted."""

import os
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from reports.models import Photo
from reports.photos.processing import process_due
from reports.photos.retention import erase_unattached
from reports.photos.uploading import store_upload
from tests.factories import submitted
from tests.pictures import jpeg_upload

pytestmark = pytest.mark.django_db
OLD = timedelta(hours=settings.PHOTO_UNATTACHED_HOURS, minutes=1)


def aged(name: str) -> str:
    """The file ``name``, last written so long ago that unsent photos are no longer kept."""
    then = time.time() - OLD.total_seconds()
    os.utime(storages["photos"].path(name), (then, then))
    return name


def age(photo: Photo) -> None:
    Photo.objects.filter(pk=photo.pk).update(uploaded_at=timezone.now() - OLD)


def names(photo: Photo) -> list[str]:
    photo.refresh_from_db()
    return [f.name for f in (photo.original, photo.large, photo.small) if f]


@pytest.mark.parametrize("processed", [True, False])
def test_an_upload_that_was_never_sent_goes_with_its_files(processed):
    photo = store_upload(jpeg_upload())
    if processed:
        process_due()
    files = names(photo)
    age(photo)
    assert erase_unattached() == 1
    assert not Photo.objects.exists()
    assert files
    assert not any(storages["photos"].exists(name) for name in files)


def test_an_upload_of_today_stays():
    store_upload(jpeg_upload())
    assert erase_unattached() == 0
    assert Photo.objects.exists()


def test_a_photo_of_a_report_stays_with_its_files():
    photo = store_upload(jpeg_upload())
    submitted(photo_ids=[photo.pk])
    process_due()
    files = [aged(name) for name in names(photo)]
    age(photo)
    assert erase_unattached() == 0
    assert all(storages["photos"].exists(name) for name in files)


@pytest.mark.parametrize(
    "name", ["original/ab/abababababababababababababababab", "large/zz/nonsense.webp", "obcy.txt"]
)
def test_an_old_file_without_a_row_goes(name):
    stored = aged(storages["photos"].save(name, ContentFile(b"x")))
    erase_unattached()
    assert not storages["photos"].exists(stored)


def test_a_young_file_without_a_row_stays_for_its_row_may_follow():
    stored = storages["photos"].save("original/cd/" + "cd" * 16, ContentFile(b"x"))
    erase_unattached()
    assert storages["photos"].exists(stored)


def test_an_old_file_of_a_killed_attempt_goes_though_its_photo_lives():
    photo = store_upload(jpeg_upload())
    submitted(photo_ids=[photo.pk])
    process_due()
    key = photo.id.hex
    left = aged(storages["photos"].save(f"large/{key[:2]}/{key}-9.webp", ContentFile(b"x")))
    erase_unattached()
    assert not storages["photos"].exists(left)


def test_a_store_without_a_single_file_is_swept_too(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "photos": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "nowhere"), "base_url": None},
        }
    }
    assert erase_unattached() == 0
