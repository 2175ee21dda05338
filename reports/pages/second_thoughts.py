"""The page of second thoughts, which only the secret link opens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reports.models import Photo, Report
from reports.pages.forms.report import descriptions_by_id, sent_photos
from reports.pages.forms.second_thoughts import CorrectionForm, RemarkForm
from reports.photos.errors import TooManyPhotos, UnknownPhoto
from reports.references import UnknownReport
from reports.second_thoughts import correcting, remarks, time_limits, verdicts
from reports.secret_link import is_key
from web.errors import PortalError

from .new import add_refusal, categories_by_group, store_files


@never_cache
@require_safe
def show(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Show what the sender may still do. Opening the page changes nothing, whoever opens it."""
    return _render_page(request, _find(reference, key), key)


@never_cache
@require_POST
def correct(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    report = _find(reference, key)
    form = CorrectionForm(request.POST)
    if form.is_valid():
        try:
            correcting.correct(report, **form.correction())
        except PortalError as refusal:
            add_refusal(form, refusal, [])
            return _render_page(request, report, key, correction=form, status=refusal.status)
        messages.success(request, _("Poprawiliśmy zgłoszenie."))
        return _back(reference, key)
    return _render_page(request, report, key, correction=form, status=400)


@never_cache
@require_POST
def withdraw(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    correcting.withdraw(_find(reference, key))
    messages.success(request, _("Wycofaliśmy zgłoszenie."))
    return _back(reference, key)


@never_cache
@require_POST
def add(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    report = _find(reference, key)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _render_page(request, report, key, remark=form, status=400)
    photos = sent_photos(request.POST)
    if refusals := store_files(request, photos):
        form.add_error("text", refusals)
        return _render_page(request, report, key, remark=form, status=400)
    text = form.cleaned_data["text"]
    try:
        remarks.add_remark(report, text=text, photos=descriptions_by_id(photos))
    except (TooManyPhotos, UnknownPhoto) as refusal:
        form.add_error("text", str(refusal.detail))
        return _render_page(request, report, key, remark=form, status=refusal.status)
    messages.success(request, _("Dodaliśmy uwagę. Przeczyta ją jednostka, która się tym zajmuje."))
    return _back(reference, key)


@never_cache
@require_POST
def judge(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    is_fixed = request.POST.get("verdict") == "fixed"
    verdicts.give_verdict(_find(reference, key), is_fixed=is_fixed)
    thanks = _("Dziękujemy za odpowiedź.")
    reopened = _("Dziękujemy. Sprawa jest znowu otwarta, jednostka dostanie ją jeszcze raz.")
    messages.success(request, thanks if is_fixed else reopened)
    if request.POST.get("from") == "account":
        return HttpResponseRedirect(reverse("own_reports:report", args=[reference]), status=303)
    return _back(reference, key)


def _find(reference: str, key: str) -> Report:
    """The report of the link. A wrong key gets the same answer as a report that does not exist."""
    report = Report.objects.select_related("category", "district", "unit").find(reference)
    if not is_key(report.reference, key):
        raise UnknownReport
    return report


def _back(reference: str, key: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("reports:sender", args=[reference, key]), status=303)


def _render_page(
    request: HttpRequest,
    report: Report,
    key: str,
    *,
    correction: CorrectionForm | None = None,
    remark: RemarkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "report": report,
        "key": key,
        "form": correction or CorrectionForm(initial=CorrectionForm.initial_values(report)),
        "remark": remark or RemarkForm(),
        "groups": categories_by_group(),
        "remarks": report.remarks.all(),
        "refused_photos": report.photos.filter(kind=Photo.Kind.SENDER, state=Photo.State.REFUSED),
        "may_correct": time_limits.may_correct(report),
        "may_judge": time_limits.may_judge(report),
        "may_comment": time_limits.may_comment(report),
    }
    return render(request, "reports/second_thoughts.html", context, status=status)
