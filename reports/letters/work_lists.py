"""Once a day, one letter to each unit that works by e-mail: how much waits, and a link to all."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.models import Dispatch, Report, Status
from reports.models.report import ReportQuerySet
from reports.unit_link import list_link
from units.models import Unit

# The next letter brings another link; a worker or a mail server may miss a day.
_LINK_DAYS = 3


def waiting_for(unit: Unit) -> ReportQuerySet:
    """The reports that ``unit`` got and has to answer; the nearest time limit first."""
    rows = Report.objects.held_by([unit]).filter(status__in=(Status.FORWARDED, Status.IN_PROGRESS))
    return rows.select_related("category", "district").order_by("expected_by", "created_at", "id")


def dispatches_of(unit: Unit, reports: Iterable[Report]) -> dict[int, Dispatch]:
    """By which dispatch ``unit`` got each of ``reports`` last, by the report's key."""
    rows = Dispatch.objects.filter(unit=unit, report__in=[report.pk for report in reports])
    rows = rows.select_related("unit").order_by("report_id", "-pk").distinct("report_id")
    return {row.report_id: row for row in rows}


def owe_work_lists() -> int:
    """Owe today's letters; returns how many units have work. Nobody gets two a day, however often
    this is called.
    """
    by_mail = Unit.objects.filter(
        channel=Unit.Channel.EMAIL, is_active=True, reports__in=Report.objects.open()
    )
    letters = [letter for unit in by_mail.distinct() if (letter := _letter(unit))]
    get_connection(fail_silently=True).send_messages(letters)
    return len(letters)


def _letter(unit: Unit) -> EmailMessage | None:
    """Today's letter to ``unit``; None if nothing waits for it."""
    waiting, today = waiting_for(unit), timezone.localdate()
    number = waiting.count()
    if not number:
        return None
    until = today + timedelta(days=_LINK_DAYS)
    context = {
        "unit": unit,
        "number": number,
        "overdue": waiting.overdue().count(),
        "link": list_link(unit, until),
        "until": until,
        "city": {"portal_name": settings.CITY_PORTAL_NAME},
    }
    with override(settings.LANGUAGE_CODE):
        return EmailMessage(
            subject=_("Sprawy do odpowiedzi: %(number)s") % {"number": number},
            body=render_to_string("reports/letters/work_list.txt", context),
            to=[unit.email],
            headers={"X-Outbox-Key": f"work-list:{unit.code}:{today:%Y-%m-%d}"},
        )
