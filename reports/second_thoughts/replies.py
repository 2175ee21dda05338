"""The sender answers what staff asked. Only staff read it."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.db import transaction

from accounts.audit import record
from reports.changing import lock_report
from reports.clock import end_question
from reports.models import Photo, Remark, Report, ReportWord
from reports.photos.attaching import add_photos

from .time_limits import TooLate

_NO_PHOTOS: Mapping[UUID, str] = MappingProxyType({})


@transaction.atomic
def reply_to_question(
    report: Report, *, text: str, photos: Mapping[UUID, str] = _NO_PHOTOS
) -> Remark:
    """Answer the open question with ``text`` and ``photos`` (id → description of what it shows);
    the clock of the report goes on. Raises ``TooLate``, ``TooManyPhotos`` and ``UnknownPhoto``.
    """
    locked = lock_report(report)
    question = locked.questions.open().first()
    if question is None:
        raise TooLate
    add_photos(locked, photos, kind=Photo.Kind.SENDER)
    remark = Remark.objects.create(report=locked, answered=question, text=text)
    record(actor=None, action=ReportWord.ANSWERED_BY_SENDER, target=locked)
    end_question(locked)
    return remark
