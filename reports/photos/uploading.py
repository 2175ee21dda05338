"""Accepts a photo: checks its shape, stores the original privately and nudges the worker."""

import shutil
import stat
from typing import BinaryIO, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from owed.nudging import nudge
from pictures.errors import PhotoEmpty, PhotoTooLarge
from pictures.structure import check_structure
from reports.models import Photo
from web.models import Function
from web.switches import require_on

from .errors import NoRoom

_OWNER_ONLY = 0o700


def store_upload(file: File, *, kind: str = Photo.Kind.SENDER, uploaded_by=None) -> Photo:
    """Store ``file`` until the worker has re-encoded it. Raises ``PhotoRefused`` and ``NoRoom``."""
    photo = store_original(file, kind=kind, uploaded_by=uploaded_by)
    add_photo(photo)
    return photo


def store_original(
    file: File, *, kind: str = Photo.Kind.SENDER, uploaded_by=None, pk: UUID | None = None
) -> Photo:
    """Check and store ``file``; returns the photo, whose row ``add_photo`` writes.

    This reads what others sent, so it belongs before a transaction, never into one. A file whose
    row is never written is deleted later (``retention``). Raises ``PhotoRefused`` and ``NoRoom``.
    """
    check_photos_are_taken()
    if not file.size:
        raise PhotoEmpty
    if file.size > settings.MAX_PHOTO_BYTES:
        raise PhotoTooLarge
    check_structure(cast("BinaryIO", file), file.size)
    file.seek(0)
    photo = Photo(pk=pk or uuid4(), kind=kind, uploaded_by=uploaded_by)
    photo.original.save(photo.id.hex, file, save=False)
    return photo


@transaction.atomic
def add_photo(photo: Photo) -> None:
    """Write the row of a photo whose file ``store_original`` stored, and nudge the worker."""
    photo.save(force_insert=True)
    nudge("reports.process_photos")


def check_photos_are_taken() -> None:
    """Raise ``NoRoom`` while the disk is nearly full, so that space remains for reports, and
    ``SwitchedOff`` while photos are switched off.
    """
    require_on(Function.PHOTOS)
    folder = settings.PHOTO_DIR
    folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    # Made by an earlier release or by hand: others could list what is in it.
    if stat.S_IMODE(folder.stat().st_mode) != _OWNER_ONLY:
        folder.chmod(_OWNER_ONLY)
    if shutil.disk_usage(folder).free < settings.MIN_FREE_BYTES:
        raise NoRoom
