"""What the sender adds later: words and photos, read by staff only."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from reports.handling.status import lock
from reports.models import Photo, Remark, Report
from reports.photos.adding import add_photos

from .time_limits import TooLate, may_comment


@transaction.atomic
def remark(report: Report, *, text: str, photo_ids: Sequence[UUID] = ()) -> Remark:
    """Add ``text`` and photos. Raises ``TooLate``, ``TooManyPhotos`` and ``UnknownPhoto``."""
    locked = lock(report, None)
    if not may_comment(locked):
        raise TooLate
    add_photos(locked, photo_ids, kind=Photo.Kind.SENDER)
    return Remark.objects.create(report=locked, text=text)
