"""One case, by the link in the letter to its unit: who opens it reads, and a press answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.questions import answers_in_words
from panel.report.forms import StatusForm
from reports.handling.answering import answer_report
from reports.handling.workflow import choices_from
from reports.models import Photo, Report
from reports.pages.photo import photo_response
from reports.unit_link import HandedOver, OpenCase, find_case
from web.errors import PortalError
from web.expired import EXPIRED, SEND_AGAIN, shown_again_by

# Of the fields, as on the page of staff.
_PREFIX = "status"


def _show_again(request: HttpRequest, key: str) -> HttpResponse:
    case = find_case(key)
    form = _form_for(case.report, request)
    form.add_error(None, SEND_AGAIN)
    form.ask_for_files()
    return _show(request, key, case, form, status=EXPIRED)


@shown_again_by(_show_again)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Opening the page does nothing, because scanners of mail open every link."""
    case = find_case(key)
    if request.method != "POST":
        return _show(request, key, case, _form_for(case.report))
    form = _form_for(case.report, request)
    if not form.is_valid():
        form.ask_for_files()
        return _show(request, key, case, form, status=400)
    try:
        given: dict[str, Any] = form.arguments()
        answer_report(case.report, **given, by=None, letter=case.dispatch)
    except HandedOver:
        raise
    except PortalError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.detail))
        form.ask_for_files()
        case = find_case(key)
        form.show_again(case.report)
        return _show(request, key, case, form, status=refusal.status)
    messages.success(request, _("Zapisaliśmy odpowiedź. Zgłaszający ją zobaczy."))
    return redirect("by_link:case", key)


@require_safe
def photo(request: HttpRequest, key: str, pk: UUID, size: str) -> HttpResponse:
    """A photo of that report, as the unit's members see it in the panel."""
    photos = find_case(key).report.photos
    return photo_response(get_object_or_404(photos, pk=pk), size)


def _form_for(report: Report, request: HttpRequest | None = None) -> StatusForm:
    """The form of staff but for the templates, which are put in on their page."""
    sent = (request.POST, request.FILES) if request else ()
    form = StatusForm(*sent, report=report, prefix=_PREFIX)
    form.fields["template"].disabled = True
    return form


def _show(
    request: HttpRequest, key: str, case: OpenCase, form: StatusForm, *, status: int = 200
) -> HttpResponse:
    report = case.report
    context = {
        "report": report,
        "unit": case.dispatch.unit,
        "until": case.until,
        "key": key,
        "form": form,
        "may_answer": bool(choices_from(report.status)),
        "answers": answers_in_words(report.category, report.answers),
        "photos": report.photos.filter(state=Photo.State.READY),
        "remarks": report.remarks.all(),
        "timeline": report.changes.select_related("unit"),
    }
    response = render(request, "panel/by_link/case.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
