"""Puts reports that are closed away from the list, and takes them back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reports.changing import lock_report
from reports.models import Report
from web.errors import PortalError


class _StillOpen(PortalError):
    code = "still_open"
    status = 409
    detail = _("Odłożyć można tylko sprawę zakończoną.")


@transaction.atomic
def put_away(report: Report, *, away: bool) -> None:
    """Put ``report`` away, or take it back with ``away=False``. Raises ``_StillOpen``."""
    locked = lock_report(report)
    if away and not locked.is_final:
        raise _StillOpen
    locked.is_put_away = away
    locked.save(update_fields=["is_put_away"])
