"""Residents who let the date pass: two reminders, then the account is closed."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.closing import StaffAccount, close_account
from accounts.models import RulesNotice, User

from .announcing import key_of, told

_REMINDERS = 2


def _undecided() -> models.QuerySet[RulesNotice]:
    """Notices of residents who have accepted neither those rules nor newer ones, and whose date
    has passed. Only the newest notice of each: newer rules give a newer date.
    """
    newer = RulesNotice.objects.filter(
        user=models.OuterRef("user"),
        version__in_force_from__gt=models.OuterRef("version__in_force_from"),
    )
    before = models.Q(user__rules_accepted__in_force_from__lt=models.F("version__in_force_from"))
    late = RulesNotice.objects.filter(
        before, user__is_active=True, accept_by__lt=timezone.localdate()
    )
    newest = late.filter(~models.Exists(newer))
    return newest.select_related("user", "version").order_by("pk")


def _long_ago() -> models.Q:
    """The last reminder was sent so long ago that the next step is due."""
    limit = timezone.now() - timedelta(days=settings.RULES_DAYS_BETWEEN_REMINDERS)
    return models.Q(reminded_at=None) | models.Q(reminded_at__lt=limit)


def remind() -> int:
    """Send the reminders that are due, two a person at most; returns how many."""
    count = 0
    for notice in _undecided().filter(_long_ago(), reminders__lt=_REMINDERS):
        count += _remind_one(notice)
    return count


@transaction.atomic
def _remind_one(notice: RulesNotice) -> int:
    """0 if somebody else reminded, or the resident left, in the meantime."""
    number = notice.reminders + 1
    mine = RulesNotice.objects.filter(pk=notice.pk, reminders=notice.reminders)
    if not mine.update(reminders=number, reminded_at=timezone.now()):
        return 0
    words = told(notice.version, notice.accept_by, "rules_reminder", notice.user.language)
    return words.message_to(
        notice.user.email, key=key_of(notice.version, notice.user, number)
    ).send()


def to_close() -> models.QuerySet[RulesNotice]:
    """Whose account is to be closed now: reminded twice, and still undecided."""
    return _undecided().filter(_long_ago(), reminders__gte=_REMINDERS)


def close_undecided() -> int:
    """Close those accounts; returns how many. Staff who once registered keep theirs."""
    count = 0
    for notice in to_close():
        try:
            count += close_one(notice)
        except StaffAccount:
            continue
    return count


@transaction.atomic
def close_one(notice: RulesNotice) -> bool:
    """False for a resident who accepted, or left, since the list was made."""
    list(User.objects.select_for_update(no_key=True).filter(pk=notice.user_id))
    if not to_close().filter(pk=notice.pk).exists():
        return False
    with override(notice.user.language):
        reason = _("Nowy regulamin nie został zaakceptowany w terminie, mimo przypomnień.")
    return close_account(notice.user, how="rules_not_accepted", reason=reason)
