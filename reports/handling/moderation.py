"""Staff decide what the public may see of a report; the audit trail records each decision."""

from django.db import transaction

from accounts.audit import record
from reports.changing import lock_report, save_change
from reports.models import Report, ReportWord

from .merging import lock_with_repetitions, take_apart


@transaction.atomic
def set_visibility(
    report: Report, *, is_hidden: bool, by, reason: str, seen_version: int | None = None
) -> None:
    """Hide ``report`` from everybody but operators, or show it again. The reference of a hidden
    report still answers with the status. What repeats one that is hidden while it is open goes on
    for itself. Raises ``StaleReport``.
    """
    locked, repetitions = lock_with_repetitions(report, seen_version)
    locked.is_hidden = is_hidden
    action = ReportWord.HIDDEN if is_hidden else ReportWord.UNHIDDEN
    record(actor=by, action=action, target=locked, reason=reason)
    save_change(locked, "is_hidden")
    if is_hidden and not locked.is_final:
        take_apart(repetitions)


@transaction.atomic
def clear_description(
    report: Report, *, by, is_public: bool, seen_version: int | None = None
) -> None:
    """Show the description to the public, or stop showing it. Raises ``StaleReport``."""
    locked = lock_report(report, seen_version)
    locked.description_is_public = is_public
    record(actor=by, action=ReportWord.DESCRIPTION_CLEARED, target=locked, is_public=is_public)
    save_change(locked, "description_is_public")
