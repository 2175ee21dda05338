"""The page of one report: what staff see of it, and all that they may do."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import PersonRequest, staff_required
from accounts.models import AuditEntry
from catalogue.questions import answered
from reports.intake.personal_data import kinds_in_words
from reports.models import Report

from .forms import report_forms


@staff_required
def report(request: PersonRequest, reference: str) -> HttpResponse:
    return report_page(request, find(request, reference))


def find(request: PersonRequest, reference: str) -> Report:
    """A report that this person may work on; 404 also for one that is not theirs."""
    related = ("category__group", "district__edition", "unit")
    rows = Report.objects.visible_to(request.user).select_related(*related)
    return rows.find(reference)


def report_page(
    request: PersonRequest, report: Report, *, bound: dict | None = None, status: int = 200
) -> HttpResponse:
    """One report with all that staff may do; ``bound`` replaces forms that were refused."""
    context = {
        "report": report,
        "forms": report_forms(report, request.user) | (bound or {}),
        "timeline": report.changes.select_related("unit", "by"),
        "assignments": report.assignments.select_related("unit", "rule", "edition", "by"),
        "dispatches": report.dispatches.select_related("unit"),
        "photos": report.photos.all(),
        "followers": report.follows.count(),
        "personal_data": kinds_in_words(report.personal_data),
        "answers": answered(report.category, report.answers),
        "trail": _trail_of(report),
    }
    return render(request, "panel/report.html", context, status=status)


def _trail_of(report: Report):
    rows = AuditEntry.objects.filter(target_type="reports.report", target_id=str(report.pk))
    return rows.select_related("actor").order_by("-at")
