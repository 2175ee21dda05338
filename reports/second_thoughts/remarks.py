"""The sender adds words and photos later. Only staff read them."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.db import transaction

from reports.changing import lock_report
from reports.models import Photo, Remark, Report
from reports.photos.attaching import add_photos

from .time_limits import TooLate, may_comment

_NO_PHOTOS: Mapping[UUID, str] = MappingProxyType({})


@transaction.atomic
def add_remark(report: Report, *, text: str, photos: Mapping[UUID, str] = _NO_PHOTOS) -> Remark:
    """Add ``text`` and ``photos`` (id → description of what it shows). Raises ``TooLate``,
    ``TooManyPhotos`` and ``UnknownPhoto``.
    """
    locked = lock_report(report)
    if not may_comment(locked):
        raise TooLate
    add_photos(locked, photos, kind=Photo.Kind.SENDER)
    return Remark.objects.create(report=locked, text=text)
