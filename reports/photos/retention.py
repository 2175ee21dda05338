"""Uploads that never became part of a report go, and files that no row knows."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.utils import timezone

from reports.models import Photo


def erase_unattached() -> int:
    """Delete photos that joined no report in ``PHOTO_UNATTACHED_HOURS``; returns how many."""
    limit = timezone.now() - timedelta(hours=settings.PHOTO_UNATTACHED_HOURS)
    old = list(Photo.objects.filter(report=None, uploaded_at__lt=limit))
    Photo.objects.filter(pk__in=[photo.pk for photo in old], report=None).delete()
    for photo in old:
        delete_files(photo)
    sweep(limit)
    return len(old)


def delete_files(photo: Photo) -> None:
    for file in (photo.original, photo.large, photo.small):
        if file.name:
            file.storage.delete(file.name)


def sweep(limit: datetime) -> None:
    """Delete files older than ``limit`` that no row knows (a kill between file and row)."""
    storage = storages["photos"]
    for name in files_in(storage, ""):
        is_old = storage.get_modified_time(name).astimezone(UTC) < limit
        if is_old and not Photo.objects.filter(pk=photo_id(name)).exists():
            storage.delete(name)


def files_in(storage: Storage, folder: str):
    if not storage.exists(folder or "."):
        return
    folders, files = storage.listdir(folder)
    for name in files:
        yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from files_in(storage, f"{folder}/{name}".lstrip("/"))


def photo_id(name: str) -> str:
    """``small/ab/abcd….webp`` → ``abcd…``."""
    return name.rpartition("/")[2].partition(".")[0].partition("_")[0]
