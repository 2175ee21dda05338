"""The page of second thoughts, which only the secret link opens."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reports.models import Photo, Report
from reports.pages.forms.report import SentPhoto, descriptions_by_id, sent_photos
from reports.pages.forms.second_thoughts import (
    CorrectionForm,
    RemarkForm,
    ReplyForm,
    VerdictForm,
)
from reports.photos.errors import TooManyPhotos, UnknownPhoto
from reports.references import UnknownReport
from reports.second_thoughts import correcting, remarks, replies, time_limits, verdicts
from reports.secret_link import is_key
from web.errors import PortalError
from web.expired import EXPIRED, SEND_AGAIN, shown_again_by

from .new import add_refusal, categories_by_group, store_files


@never_cache
@require_safe
def show(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Show what the sender may still do. Opening the page changes nothing, whoever opens it."""
    return _render_page(request, _find(reference, key), key)


def _show_again(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """The page with what was typed into one of its forms, and what came with it."""
    report, photos = _find(reference, key), sent_photos(request.POST)
    name = request.resolver_match.url_name if request.resolver_match else ""
    store_files(request, photos)
    messages.warning(request, SEND_AGAIN)
    return _render_page(
        request,
        report,
        key,
        correction=CorrectionForm(request.POST) if name == "sender-correct" else None,
        remark=RemarkForm(request.POST) if name == "sender-remark" else None,
        reply=ReplyForm(request.POST) if name == "sender-answer" else None,
        verdict=VerdictForm(request.POST) if name == "sender-verdict" else None,
        photos=photos,
        status=EXPIRED,
    )


@shown_again_by(_show_again)
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


@shown_again_by(_show_again)
@require_POST
def withdraw(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    correcting.withdraw(_find(reference, key))
    messages.success(request, _("Wycofaliśmy zgłoszenie."))
    return _back(reference, key)


@shown_again_by(_show_again)
@require_POST
def add(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    report = _find(reference, key)
    form, photos = RemarkForm(request.POST), sent_photos(request.POST)
    if not _takes(request, form, photos):
        return _render_page(request, report, key, remark=form, photos=photos, status=400)
    text = form.cleaned_data["text"]
    try:
        remarks.add_remark(report, text=text, photos=descriptions_by_id(photos))
    except (TooManyPhotos, UnknownPhoto) as refusal:
        form.add_error("text", str(refusal.detail))
        return _render_page(request, report, key, remark=form, status=refusal.status)
    messages.success(request, _("Dodaliśmy uwagę. Przeczyta ją jednostka, która się tym zajmuje."))
    return _back(reference, key)


@shown_again_by(_show_again)
@require_POST
def answer(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    report = _find(reference, key)
    form, photos = ReplyForm(request.POST), sent_photos(request.POST)
    if not _takes(request, form, photos):
        return _render_page(request, report, key, reply=form, photos=photos, status=400)
    text = form.cleaned_data["text"]
    try:
        replies.reply_to_question(report, text=text, photos=descriptions_by_id(photos))
    except (TooManyPhotos, UnknownPhoto) as refusal:
        form.add_error("text", str(refusal.detail))
        return _render_page(request, report, key, reply=form, status=refusal.status)
    messages.success(request, _("Dziękujemy. Jednostka dostała Twoją odpowiedź."))
    return _back(reference, key)


@shown_again_by(_show_again)
@require_POST
def judge(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    report = _find(reference, key)
    form, photos = VerdictForm(request.POST), sent_photos(request.POST)
    if not _takes(request, form, photos):
        return _render_page(request, report, key, verdict=form, photos=photos, status=400)
    is_fixed, text = form.cleaned_data["verdict"] == "fixed", form.cleaned_data["text"]
    try:
        described = descriptions_by_id(photos)
        given = verdicts.give_verdict(report, is_fixed=is_fixed, text=text, photos=described)
    except (TooManyPhotos, UnknownPhoto) as refusal:
        form.add_error("text", str(refusal.detail))
        return _render_page(request, report, key, verdict=form, status=refusal.status)
    thanks = _("Dziękujemy za odpowiedź.")
    reopened = _(
        "Dziękujemy. Sprawa jest znowu otwarta. Jednostka dostanie ją jako drugie wezwanie, na"
        " odpowiedź ma czas do %(day)s."
    )
    day = date_format(given.report.expected_by, "j E Y") if given.report.expected_by else ""
    messages.success(request, thanks if is_fixed else reopened % {"day": day})
    if request.POST.get("from") == "account":
        return HttpResponseRedirect(reverse("own_reports:report", args=[reference]), status=303)
    return _back(reference, key)


def _takes(request: HttpRequest, form: Form, photos: list[SentPhoto]) -> bool:
    """Whether the form is filled in well. The files that came with it are stored, and named in
    ``photos``; why one was refused stands by its text.
    """
    refusals = store_files(request, photos)
    if form.is_valid() and refusals:
        form.add_error("text", refusals)
    return form.is_valid()


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
    reply: ReplyForm | None = None,
    verdict: VerdictForm | None = None,
    photos: Sequence[SentPhoto] = (),
    status: int = 200,
) -> HttpResponse:
    results = report.photos.filter(kind=Photo.Kind.RESULT)
    context = {
        "report": report,
        "key": key,
        "form": correction or CorrectionForm(initial=CorrectionForm.initial_values(report)),
        "remark": remark or RemarkForm(),
        "reply": reply or ReplyForm(),
        "question": report.questions.open().first() if report.asked_on else None,
        "verdict": verdict or VerdictForm(),
        "photos": photos,
        "answer": report.changes.select_related("unit").last(),
        "result_photos": [photo for photo in results if photo.is_shown],
        "second_call_days": settings.SECOND_CALL_DAYS,
        "groups": categories_by_group(),
        "remarks": report.remarks.all(),
        "refused_photos": report.photos.filter(kind=Photo.Kind.SENDER, state=Photo.State.REFUSED),
        "may_correct": time_limits.may_correct(report),
        "may_judge": time_limits.may_judge(report),
        "may_comment": time_limits.may_comment(report),
    }
    return render(request, "reports/second_thoughts.html", context, status=status)
