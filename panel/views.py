"""Pages of staff: which room is mine, the queues, one report."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.access import PersonRequest, staff_required
from accounts.models import AuditEntry
from catalogue.questions import answers_in_words
from reports.intake.guard.switch import raised_until
from reports.intake.personal_data import kinds_in_words
from reports.models import Report
from units.models import Unit

from .queue import filters as queues
from .report.forms import report_forms


@staff_required
def home(request: PersonRequest) -> HttpResponse:
    """Everybody's own room."""
    if request.user.is_operator:
        return redirect("panel:operator")
    if request.user.memberships.exists():
        return redirect("panel:unit")
    return render(request, "panel/no_room.html")


@staff_required(operator=True)
def operator(request: PersonRequest) -> HttpResponse:
    """What waits for a human, or everything."""
    rows = Report.objects.visible_to(request.user)
    everything = request.GET.get("zakres") == "wszystkie"
    waiting = queues.waiting_for_operator(rows)
    context = {
        "title": _("Kolejka operatora"),
        "everything": everything,
        "waiting_count": waiting.count(),
        "has_guard": True,
        "guard_until": raised_until(),
    }
    return _queue(request, rows if everything else waiting, context)


@staff_required(unit_member=True)
def unit(request: PersonRequest) -> HttpResponse:
    """The reports of my units."""
    mine = Unit.objects.of_member(request.user)
    rows = Report.objects.visible_to(request.user).filter(unit__in=mine)
    everything = request.GET.get("zakres") == "wszystkie"
    context = {
        "title": ", ".join(unit.name for unit in mine),
        "everything": everything,
        "waiting_count": rows.open().count(),
    }
    return _queue(request, rows if everything else rows.open(), context)


def _queue(request: PersonRequest, rows, context: dict) -> HttpResponse:
    selection, page = queues.listed(rows, request)
    context |= {"filter": selection, "page": page, "features": queues.features(page)}
    return render(request, "panel/queue.html", context)


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
        "answers": answers_in_words(report.category, report.answers),
        "trail": _trail_of(report),
    }
    return render(request, "panel/report.html", context, status=status)


def _trail_of(report: Report):
    rows = AuditEntry.objects.filter(target_type="reports.report", target_id=str(report.pk))
    return rows.select_related("actor").order_by("-at")
