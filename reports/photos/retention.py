"""Deletes photos that joined no report, unfinished uploads, and files that no row names."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone

from reports.models import Photo, Upload


def erase_unattached() -> int:
    """Delete photos that joined no report in ``PHOTO_UNATTACHED_HOURS``; returns how many."""
    limit = timezone.now() - timedelta(hours=settings.PHOTO_UNATTACHED_HOURS)
    with transaction.atomic():
        # Locked before they are deleted, so that none of them joins a report in between.
        unattached = Photo.objects.filter(report=None, uploaded_at__lt=limit)
        old = list(unattached.select_for_update(skip_locked=True))
        Photo.objects.filter(pk__in=[photo.pk for photo in old]).delete()
    for photo in old:
        for file in (photo.original, photo.large, photo.small):
            if file.name:
                file.storage.delete(file.name)
    # The parts of these uploads then belong to no row, and are deleted with the files below.
    Upload.objects.filter(started_at__lt=limit).delete()
    _delete_unknown_files(limit)
    return len(old)


def _delete_unknown_files(limit: datetime) -> None:
    """Delete files older than ``limit`` (UTC) that no photo's row names. They remain when a process
    is killed between writing a file and writing its row. One statement for each folder.
    """
    storage = storages["photos"]
    for folder, files in _folders_in(storage, ""):
        ids = {photo_id for name in files if (photo_id := _photo_id(name))}
        rows = Photo.objects.filter(pk__in=ids).values_list("original", "large", "small")
        known = {path for row in rows for path in row}
        for name in files:
            path = f"{folder}/{name}".lstrip("/")
            if path not in known and storage.get_modified_time(path).astimezone(UTC) < limit:
                storage.delete(path)


def _folders_in(storage: Storage, folder: str) -> Iterator[tuple[str, list[str]]]:
    """``folder`` and all folders below it, each with the names of its files."""
    if not storage.exists(folder or "."):
        return
    folders, files = storage.listdir(folder)
    yield folder, files
    for name in folders:
        yield from _folders_in(storage, f"{folder}/{name}".lstrip("/"))


def _photo_id(name: str) -> UUID | None:
    """``abcd…-1.webp`` → the photo's id; None if the name is not that of a photo's file."""
    try:
        return UUID(name.partition(".")[0].partition("-")[0])
    except ValueError:
        return None
