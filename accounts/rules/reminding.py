"""Residents who let the date pass get two reminders; then the account is closed."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.closing import StaffAccount, close_account
from accounts.models import RulesNotice, User

from .announcing import letter_key, rules_letter

_REMINDERS = 2


def _undecided() -> models.QuerySet[RulesNotice]:
    """Notices whose date has passed, of residents who have accepted neither those rules nor newer
    ones. Only the newest notice of each resident counts, because newer rules give a later date.
    """
    newer = RulesNotice.objects.filter(
        user=models.OuterRef("user"),
        version__in_force_from__gt=models.OuterRef("version__in_force_from"),
    )
    not_accepted = models.Q(
        user__rules_accepted__in_force_from__lt=models.F("version__in_force_from")
    )
    late = RulesNotice.objects.filter(
        not_accepted, user__is_active=True, accept_by__lt=timezone.localdate()
    )
    newest = late.filter(~models.Exists(newer))
    return newest.select_related("user", "version").order_by("pk")


def _next_step_is_due() -> models.Q:
    """The next step is due: no reminder was sent, or the last one long enough ago."""
    limit = timezone.now() - timedelta(days=settings.RULES_DAYS_BETWEEN_REMINDERS)
    return models.Q(reminded_at=None) | models.Q(reminded_at__lt=limit)


def send_reminders() -> int:
    """Send the reminders that are due, at most two to a person; returns how many."""
    count = 0
    for notice in _undecided().filter(_next_step_is_due(), reminders__lt=_REMINDERS):
        count += _remind_one(notice)
    return count


@transaction.atomic
def _remind_one(notice: RulesNotice) -> int:
    """Returns 0 if another process sent the reminder, or the resident left, in the meantime."""
    number = notice.reminders + 1
    unchanged = RulesNotice.objects.filter(pk=notice.pk, reminders=notice.reminders)
    if not unchanged.update(reminders=number, reminded_at=timezone.now()):
        return 0
    version, user = notice.version, notice.user
    text = rules_letter("rules_reminder", version, notice.accept_by, user.language)
    return text.message_to(user.email, key=letter_key(version, user, number)).send()


def notices_to_close() -> models.QuerySet[RulesNotice]:
    """Notices of residents who were reminded twice and are still undecided, so that their accounts
    are to be closed now.
    """
    return _undecided().filter(_next_step_is_due(), reminders__gte=_REMINDERS)


def close_undecided() -> int:
    """Close the accounts of ``notices_to_close``; returns how many. Residents who work for the city
    now keep theirs.
    """
    count = 0
    for notice in notices_to_close():
        try:
            count += close_if_undecided(notice)
        except StaffAccount:
            continue
    return count


@transaction.atomic
def close_if_undecided(notice: RulesNotice) -> bool:
    """Returns False if the resident accepted, or left, since the list was made."""
    # Locks the row; a resident who accepts at this moment goes first or waits.
    list(User.objects.select_for_update(no_key=True).filter(pk=notice.user_id))
    if not notices_to_close().filter(pk=notice.pk).exists():
        return False
    with override(notice.user.language):
        reason = _("Nowy regulamin nie został zaakceptowany w terminie, mimo przypomnień.")
    return close_account(notice.user, how="rules_not_accepted", reason=reason)
