"""Accepts a photo: checks its shape, stores the original privately and nudges the worker."""

import shutil
from typing import BinaryIO, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from owed.nudging import nudge
from reports.models import Photo

from .errors import NoRoom, PhotoEmpty, PhotoTooLarge
from .formats import open_photo


def store_upload(
    file: File, *, kind: str = Photo.Kind.SENDER, uploaded_by=None, pk: UUID | None = None
) -> Photo:
    """Store ``file`` until the worker has re-encoded it. Raises ``PhotoRefused`` and ``NoRoom``.

    The row is written after the file, so a row always has its file. A file without a row is deleted
    later (``retention``).
    """
    check_free_space()
    _check_shape(file)
    photo = Photo(pk=pk or uuid4(), kind=kind, uploaded_by=uploaded_by)
    photo.original.save(photo.id.hex, file, save=False)
    with transaction.atomic():
        photo.save(force_insert=True)
        nudge("reports.process_photos")
    return photo


def check_free_space() -> None:
    """Raise ``NoRoom`` while the disk is nearly full, so that space remains for reports."""
    settings.PHOTO_DIR.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(settings.PHOTO_DIR).free < settings.MIN_FREE_BYTES:
        raise NoRoom


def _check_shape(file: File) -> None:
    if not file.size:
        raise PhotoEmpty
    if file.size > settings.MAX_PHOTO_BYTES:
        raise PhotoTooLarge
    open_photo(cast("BinaryIO", file))
    file.seek(0)
