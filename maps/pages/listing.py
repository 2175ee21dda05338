"""The list that mirrors the map: the same reports of the same part, the newest first."""

from dataclasses import dataclass

from django.db.models import Q

from maps.pages.view import View, near_the_city
from maps.time_limit import read_within
from reports.models import Report
from reports.models.report import ReportQuerySet
from reports.public import seen_in

PAGE = 20
# Milliseconds. An unusual choice among a million reports may take longer.
_LONGEST = 1_500


@dataclass(frozen=True, slots=True)
class ListPage:
    """``after``: the reference after which the next page goes on, "" on the last. ``is_cut``:
    looking took too long, and nobody knows what belongs here.
    """

    reports: list[Report]
    after: str = ""
    is_cut: bool = False


def list_reports(view: View, *, after: str = "") -> ListPage:
    """The page that follows the report with the reference ``after``, whether or not that one is
    still shown. Raises ``MalformedReference``, ``MistypedReference`` and ``UnknownReport``.
    """
    found = reports_of(view)
    if found is None:
        return ListPage([])
    if after:
        last = Report.objects.only("created_at").find(after)
        found = found.filter(
            Q(created_at__lt=last.created_at) | Q(id__lt=last.pk), created_at__lte=last.created_at
        )
    shown = found.select_related("category", "district")
    shown = shown.defer("district__boundary", "district__outline")
    rows = within_time(shown.order_by("-created_at", "-id")[: PAGE + 1])
    if rows is None:
        return ListPage([], is_cut=True)
    is_last = len(rows) <= PAGE
    return ListPage(rows[:PAGE], "" if is_last else rows[PAGE - 1].reference)


def reports_of(view: View) -> ReportQuerySet | None:
    """Those that a view shows; None where there can be none."""
    found = view.selection.filter(Report.objects.all())
    if view.box is None:
        return found
    box = near_the_city(view.box)
    if box is None:
        return None
    return found.filter(seen_in(box))


def within_time(rows: ReportQuerySet) -> list[Report] | None:
    """The rows, or None where looking for them would take too long."""
    return read_within(_LONGEST, lambda: list(rows))
