"""The sender judges the answer: fixed, or still broken."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.audit import record
from catalogue.routing import decide_by_hand
from reports.assigning import reassign
from reports.changing import lock_report
from reports.history import append_status
from reports.letters.notices import owe_status_letters
from reports.models import Photo, Report, ReportWord, Status, Verdict
from reports.photos.attaching import add_photos

from .time_limits import TooLate, may_judge

_NO_PHOTOS: Mapping[UUID, str] = MappingProxyType({})


@transaction.atomic
def give_verdict(
    report: Report, *, is_fixed: bool, text: str = "", photos: Mapping[UUID, str] = _NO_PHOTOS
) -> Verdict:
    """Store the verdict. "Still broken" reopens the report and calls its unit a second time, with
    ``text``, ``photos`` (id → description) and a new time limit. Raises ``TooLate``,
    ``TooManyPhotos`` and ``UnknownPhoto``.
    """
    locked = lock_report(report)
    if not may_judge(locked):
        raise TooLate
    now = timezone.now()
    verdict = Verdict.objects.create(report=locked, is_fixed=is_fixed, text=text, at=now)
    action = ReportWord.FIXED_SAYS_SENDER if is_fixed else ReportWord.BROKEN_SAYS_SENDER
    record(actor=None, action=action, target=locked)
    if not is_fixed:
        add_photos(locked, photos, kind=Photo.Kind.SENDER)
        locked.call_again(now)
        # Written in Polish, because everybody reads it, not only the sender.
        with override(settings.LANGUAGE_CODE):
            words = _("Zgłaszający: nadal nie jest dobrze.")
        reassign(locked, decide_by_hand(locked.unit), by=None, reason=words)
        owe_status_letters([append_status(locked, Status.RECEIVED, note=words)])
    return verdict
