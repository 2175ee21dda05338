"""Pictures of cards come in: looked at without a decoder, kept, and re-encoded by a child."""

from datetime import timedelta
from hashlib import file_digest
from io import BytesIO
from typing import IO, BinaryIO, cast
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from owed.nudging import nudge
from pictures.child import Result, run_job
from pictures.errors import PhotoEmpty, PhotoTooLarge
from pictures.structure import check_structure

from .files import short_name
from .models import Picture
from .models.files import files_of_procedures

# Pixels of the longest side: twice the width of the text of a card, for dense screens.
LONGEST_SIDE = 1440
# How long a picture that no version names is kept: somebody may still be writing.
_UNUSED = timedelta(days=7)
_READY = Picture.State.READY


def keep_picture(name: str, file: File, *, by: User) -> Picture:
    """The picture of that content, or a new one that the worker will re-encode. Nothing is decoded
    here. Raises ``PhotoRefused``.
    """
    digest = _check(file)
    known = Picture.objects.filter(sha256=digest).exclude(state=Picture.State.REFUSED)
    if (found := known.filter(name=short_name(name)).first()) is not None:
        return found
    picture = Picture(name=short_name(name), sha256=digest, uploaded_by=by)
    picture.original.save(f"originals/{uuid4().hex}", file, save=False)
    with transaction.atomic():
        picture.save()
        nudge("procedures.prepare_pictures")
    return picture


def load_picture(name: str, file: File) -> Picture:
    """The same for a command, which waits for the child: the picture is ready. Raises
    ``PhotoRefused``, and what ``Children.run`` raises.
    """
    digest = _check(file)
    found = Picture.objects.filter(sha256=digest, name=short_name(name), state=_READY).first()
    if found is not None:
        return found
    result = reencode(cast("IO[bytes]", file.file))
    return Picture.objects.create(name=short_name(name), sha256=digest, **keep_result(result))


def reencode(source: IO[bytes], **waiting: object) -> Result:
    return run_job(
        "illustrate",
        source,
        makes=1,
        most_pixels=settings.MAX_PHOTO_PIXELS,
        longest=LONGEST_SIDE,
        **waiting,  # type: ignore[arg-type]
    )


def keep_result(result: Result) -> dict[str, object]:
    """Store the file that was made, and return the values of a picture that is ready."""
    (made,) = result.files
    storage = files_of_procedures()
    path = storage.save(f"pictures/{uuid4().hex}.webp", File(made))
    return {"file": path, "size": storage.size(path), "state": _READY, **result.found}


def find_picture(name: str) -> Picture | None:
    """The newest ready picture with that name."""
    return Picture.objects.filter(name=name, state=_READY).order_by("pk").last()


def erase_unused(*, older_than: timedelta = _UNUSED) -> int:
    """Delete pictures that no version names, with their files; how many."""
    until = timezone.now() - older_than
    unused = Picture.objects.filter(illustrations=None, uploaded_at__lt=until)
    storage = files_of_procedures()
    with transaction.atomic():
        rows = list(unused.select_for_update(of=("self",), skip_locked=True))
        files = [str(file.name) for row in rows for file in (row.original, row.file) if file]
        Picture.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for name in files:
        storage.delete(name)
    return len(rows)


def _check(file: File) -> str:
    """The SHA-256 of what may be a picture; ``PhotoRefused``."""
    if not file.size:
        raise PhotoEmpty
    if file.size > settings.MAX_PHOTO_BYTES:
        raise PhotoTooLarge
    check_structure(cast("BinaryIO", file), file.size)
    file.seek(0)
    digest = file_digest(cast("BytesIO", file), "sha256").hexdigest()
    file.seek(0)
    return digest
