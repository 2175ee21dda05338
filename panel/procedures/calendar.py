"""What is scheduled: as the table of a month, and as a list of all that lies ahead."""

import calendar as months
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import PersonRequest, staff_required
from procedures.models import Procedure, ProcedureVersion


@dataclass(frozen=True, slots=True)
class Planned:
    """``at``: aware for an instant, None for a day of review."""

    day: date
    at: datetime | None
    what: Promise
    icon: str
    number: str
    title: str


@require_safe
@staff_required(editor=True)
def calendar(request: PersonRequest) -> HttpResponse:
    first = _month_asked(request.GET.get("miesiac", ""))
    weeks = months.Calendar().monthdatescalendar(first.year, first.month)
    by_day = defaultdict(list)
    for one in _planned(weeks[0][0], weeks[-1][-1]):
        by_day[one.day].append(one)
    today = timezone.localdate()
    context = {
        "first": first,
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": (first + timedelta(days=31)).replace(day=1),
        "weeks": [[(day, by_day[day]) for day in week] for week in weeks],
        "today": today,
        "ahead": [
            one
            for one in _planned(today, today + timedelta(days=3650))
            if one.at is None or one.at > timezone.now()
        ],
    }
    return render(request, "panel/procedures/calendar.html", context)


def _month_asked(text: str) -> date:
    """The first day of the month ``2026-12``, or of this one where none is asked for."""
    if not text:
        return timezone.localdate().replace(day=1)
    try:
        first = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError as wrong:
        raise Http404 from wrong
    if not 2020 <= first.year <= 2100:
        raise Http404
    return first


def _planned(since: date, until: date) -> list[Planned]:
    """Publications, withdrawals and days of review from ``since`` to ``until`` (Europe/Warsaw)."""
    zone = timezone.get_current_timezone()
    begin = datetime.combine(since, time.min, zone)
    end = datetime.combine(until + timedelta(days=1), time.min, zone)
    versions = ProcedureVersion.objects.filter(published_at__gte=begin, published_at__lt=end)
    found = [
        Planned(
            timezone.localdate(row.published_at),
            row.published_at,
            _("publikacja"),
            "check",
            row.procedure.number,
            row.title,
        )
        for row in versions.select_related("procedure")
    ]
    rows = Procedure.objects.known().prefetch_related("versions")
    found += [
        Planned(
            timezone.localdate(row.withdrawn_at),
            row.withdrawn_at,
            _("wycofanie"),
            "archive",
            row.number,
            _newest_title(row),
        )
        for row in rows.filter(withdrawn_at__gte=begin, withdrawn_at__lt=end)
    ]
    found += [
        Planned(row.review_by, None, _("przegląd"), "eye", row.number, _newest_title(row))
        for row in rows.filter(review_by__gte=since, review_by__lte=until)
    ]
    return sorted(found, key=lambda one: (one.day, one.at or begin, one.number))


def _newest_title(procedure: Procedure) -> str:
    return max(procedure.versions.all(), key=lambda one: one.number).title
