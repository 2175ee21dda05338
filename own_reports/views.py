"""Pages and files of a resident's own reports; each checks the input and calls one act."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import PersonRequest, account_required
from accounts.sessions import login_time
from reports.models import Report
from reports.second_thoughts import time_limits
from reports.secret_link import key_of

from . import claiming, exporting, putting_away
from .months import shown_since
from .selection import OwnReportsFilter, selection_of, summary_of
from .timeline import timeline
from .visits import record_visit

_PAGE = 20


@require_safe
@account_required
def report_list(request: PersonRequest) -> HttpResponse:
    """The list, and beside it the map of the same selection."""
    since, login = record_visit(request.user), login_time(request)
    selection = selection_of(request.user, request.GET, login=login, since=since)
    rows = selection.qs.select_related("category", "district", "unit").defer("description")
    # The map and the files show the same selection, without the page of the list.
    query = request.GET.copy()
    query.pop("strona", None)
    context = {
        "filter": selection,
        "page": Paginator(rows, _PAGE).get_page(request.GET.get("strona")),
        "since": since,
        "start": shown_since(login),
        "summary": summary_of(request.user),
        "claimable": claiming.claimable_contacts(request.user).count(),
        "query": query.urlencode(),
    }
    return render(request, "own_reports/list.html", context)


def _shown_selection(request: PersonRequest) -> OwnReportsFilter:
    """The selection that the list shows; drawing or downloading it is not a new visit."""
    seen = getattr(request.user, "visit", None)
    since = seen.before if seen else None
    return selection_of(request.user, request.GET, login=login_time(request), since=since)


@require_safe
@account_required
def map_points(request: PersonRequest) -> HttpResponse:
    return JsonResponse(exporting.points(_shown_selection(request).qs))


@require_safe
@account_required
def as_geojson(request: PersonRequest) -> HttpResponse:
    body = exporting.geojson(_shown_selection(request).qs)
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/geo+json"
    return _attached(response, "moje-zgloszenia.geojson")


@require_safe
@account_required
def as_csv(request: PersonRequest) -> HttpResponse:
    text = exporting.csv_text(_shown_selection(request).qs)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    return _attached(response, "moje-zgloszenia.csv")


def _attached(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@account_required
def report_page(request: PersonRequest, reference: str) -> HttpResponse:
    """One report: its timeline with photos, its text, its place and the unit that handles it."""
    shown = _find(request, reference)
    context = {
        "report": shown,
        "key": key_of(shown.reference),
        "events": timeline(shown),
        "may_correct": time_limits.may_correct(shown),
        "may_judge": time_limits.may_judge(shown),
        "may_comment": time_limits.may_comment(shown),
    }
    return render(request, "own_reports/report.html", context)


@require_POST
@account_required
def put_away(request: PersonRequest, reference: str) -> HttpResponse:
    away = request.POST.get("away") == "1"
    putting_away.put_away(_find(request, reference), away=away)
    messages.success(request, _("Odłożone.") if away else _("Wróciło na listę."))
    target = request.POST.get("next", "")
    is_ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, None)
    return HttpResponseRedirect(target if is_ours else reverse("own_reports:list"))


@require_POST
@account_required
def claim(request: PersonRequest) -> HttpResponse:
    start = shown_since(login_time(request))
    older = claiming.claimable_contacts(request.user).filter(report__created_at__lt=start).count()
    count = claiming.claim_reports(request.user)
    words = ngettext("Masz %(count)s zgłoszenie więcej.", "Masz %(count)s zgłoszeń więcej.", count)
    messages.success(request, words % {"count": count})
    if older:
        hint = _("Starszych (%(count)s) lista nie pokazuje; znajdziesz je w pliku „Moje dane”.")
        messages.info(request, hint % {"count": older})
    return redirect("own_reports:list")


def _find(request: PersonRequest, reference: str) -> Report:
    """A report of this resident; 404 for one of somebody else."""
    rows = Report.objects.sent_by(request.user).select_related("category", "district", "unit")
    return rows.find(reference)
