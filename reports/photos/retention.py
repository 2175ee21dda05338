"""Uploads that never became part of a report go, and files that no row knows."""

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
    old = _delete_rows(limit)
    for photo in old:
        _delete_files(photo)
    # Their parts are files that no photo's row knows.
    Upload.objects.filter(started_at__lt=limit).delete()
    _sweep(limit)
    return len(old)


@transaction.atomic
def _delete_rows(limit: datetime) -> list[Photo]:
    """Locked before they go, so that none joins a report in between."""
    unattached = Photo.objects.filter(report=None, uploaded_at__lt=limit)
    old = list(unattached.select_for_update(skip_locked=True))
    Photo.objects.filter(pk__in=[photo.pk for photo in old]).delete()
    return old


def _delete_files(photo: Photo) -> None:
    for file in (photo.original, photo.large, photo.small):
        if file.name:
            file.storage.delete(file.name)


def _sweep(limit: datetime) -> None:
    """Delete files older than ``limit`` that no row knows (a kill between file and row)."""
    storage = storages["photos"]
    for folder, files in _folders_in(storage, ""):
        for name in _unknown(folder, files):
            if storage.get_modified_time(name).astimezone(UTC) < limit:
                storage.delete(name)


def _unknown(folder: str, files: list[str]) -> list[str]:
    """Those of ``files`` in ``folder`` that are no photo's; one statement a folder."""
    keys = {name: _photo_id(name) for name in files}
    rows = Photo.objects.filter(pk__in=[key for key in keys.values() if key])
    known = {name for row in rows.values_list("original", "large", "small") for name in row}
    return [path for name in files if (path := f"{folder}/{name}".lstrip("/")) not in known]


def _folders_in(storage: Storage, folder: str) -> Iterator[tuple[str, list[str]]]:
    if not storage.exists(folder or "."):
        return
    folders, files = storage.listdir(folder)
    yield folder, files
    for name in folders:
        yield from _folders_in(storage, f"{folder}/{name}".lstrip("/"))


def _photo_id(name: str) -> UUID | None:
    """``abcd…-1.webp`` → the photo's id; None for a file that was never a photo's."""
    try:
        return UUID(name.partition(".")[0].partition("-")[0])
    except ValueError:
        return None
