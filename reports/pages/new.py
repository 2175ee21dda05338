"""The page of the report form. It checks the shape, takes the photos in and calls one act."""

from hashlib import file_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import resident_of
from catalogue.categories import OTHER, active_categories
from catalogue.models import Category
from catalogue.models import Kind as CategoryKind
from catalogue.questions import AnswersInvalid
from districts.errors import OutsideCity
from procedures.models import ProcedureVersion
from procedures.public import cards_of_categories
from regulations.models import Kind, Version
from reports.intake.devices import device_of, remember_device
from reports.intake.guard.admitting import ChallengeNeeded, check_sender
from reports.intake.ownership import account_mark
from reports.intake.repeats import AlreadySent
from reports.intake.similar import find_similar
from reports.intake.submission import submit_report
from reports.models import Photo, Report
from reports.pages.forms.report import (
    ReportForm,
    SentPhoto,
    category_in_query,
    new_form,
    place_in_query,
    sent_photos,
)
from reports.photos.errors import TooManyPhotos
from reports.photos.uploading import store_upload
from reports.placing import PlaceContradicts
from reports.second_thoughts.cookie import give_key
from reports.sides import SideNeeded
from web.errors import PortalError
from web.expired import EXPIRED, SEND_AGAIN, shown_again_by
from web.limits import check_bytes

from .offline import make_everybodys

_Photos = list[SentPhoto]


def _show_again(request: HttpRequest) -> HttpResponse:
    form, photos = _bound_form(request), sent_photos(request.POST)
    refusals = store_files(request, photos)
    form.add_error(None, SEND_AGAIN)
    return _render_page(request, form, photos, refusals, status=EXPIRED)


def _bound_form(request: HttpRequest) -> ReportForm:
    form = ReportForm(request.POST)
    form.has_account = resident_of(request) is not None
    return form


@shown_again_by(_show_again)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show the form, or accept it and redirect to the receipt."""
    if request.method != "POST":
        asked = place_in_query(request.GET) | category_in_query(request.GET)
        return _render_page(request, new_form(asked), [], [])
    form, photos = _bound_form(request), sent_photos(request.POST)
    refusals = store_files(request, photos)
    if refusals or not form.is_valid():
        return _render_page(request, form, photos, refusals, status=400)
    if similar := _find_unseen_similar(form.cleaned_data):
        return _render_page(request, form, photos, refusals, similar=similar)
    try:
        values = form.cleaned_data
        check_sender(request, values["submission_id"], ticket=values["ticket"])
        receipt = submit_report(form.submission(photos, resident_of(request)))
    except PortalError as refusal:
        add_refusal(form, refusal, refusals)
        return _render_page(request, form, photos, refusals, status=refusal.status)
    reference = receipt.report.reference
    response = HttpResponseRedirect(reverse("reports:receipt", args=[reference]), status=303)
    if receipt.is_for_sender:
        give_key(response, reference)
    remember_device(response, device_of(request), secure=settings.SESSION_COOKIE_SECURE)
    return response


def _find_unseen_similar(values: dict) -> list[Report]:
    """Open reports nearby that may be about the same matter. None if the sender was already asked,
    if the place is not a point, or if the report is a repeat.
    """
    if values["similar_seen"] or values["location"] is None:
        return []
    if Report.objects.filter(submission_id=values["submission_id"]).exists():
        return []
    return list(find_similar(values["location"], values["category"]))


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The form that a device stores for use without a network. It is the same for everybody."""
    make_everybodys(request)
    return _render_page(request, ReportForm(), [], [], is_shell=True)


def store_files(request: HttpRequest, photos: _Photos) -> list[str]:
    """Store the files that came with the form and add them to ``photos``. Returns the reasons for
    which files were refused.
    """
    refusals = []
    for file in request.FILES.getlist("files"):
        try:
            if len(photos) >= settings.MAX_PHOTOS:
                raise TooManyPhotos
            check_bytes(request, file.size or 0)
            digest = file_digest(file, "sha256").hexdigest()
            photos.append(SentPhoto(store_upload(file).pk, file.name or "", digest=digest))
        except PortalError as refusal:
            refusals.append(f"{file.name}: {refusal.detail}")
    return refusals


def add_refusal(form: ReportForm, refusal: PortalError, refusals: list[str]) -> None:
    """Add a refusal of the act to the field that it is about, or to ``refusals`` if the form has no
    such field.
    """
    if isinstance(refusal, OutsideCity):
        distance = number_format(round(refusal.metres_to_city / 1000, 1), decimal_pos=1)
        sentence = _("To miejsce leży poza Łodzią, %(distance)s km od jej granicy.")
        form.add_error("place", sentence % {"distance": distance})
        return
    if isinstance(refusal, AlreadySent):
        form.begin_anew(refusal.reference)
    if isinstance(refusal, ChallengeNeeded):
        form.wait_ticket = refusal.ticket
    if isinstance(refusal, SideNeeded):
        form.border = refusal.border
    if isinstance(refusal, PlaceContradicts):
        form.contradiction = refusal.pin, refusal.address
    if isinstance(refusal, AnswersInvalid):
        form.wrong_answers = refusal.fields
    for name, texts in refusal.fields.items():
        if name in form.fields:
            form.add_error(name, texts)
        else:
            refusals.extend(texts)
    if not refusal.fields:
        form.add_error(None, str(refusal.detail))


def _render_page(
    request: HttpRequest,
    form: ReportForm,
    photos: _Photos,
    refusals: list[str],
    *,
    status: int = 200,
    similar: list[Report] | None = None,
    is_shell: bool = False,
) -> HttpResponse:
    # Photos that are gone or belong to a report are left out, because they would be refused each
    # time.
    free = Photo.objects.filter(pk__in=[photo.pk for photo in photos], report=None)
    free_ids = set(free.values_list("pk", flat=True))
    clause = Version.objects.in_force(Kind.CLAUSE)
    form.ask_consent_again(clause.number)
    context = {
        "form": form,
        "similar": similar or [],
        "is_shell": is_shell,
        "groups": categories_by_group(),
        "other": active_categories().get(OTHER),
        "chosen": form["category"].value(),
        "cards_of": _cards_of_formal_matters(),
        "photos": [photo for photo in photos if photo.pk in free_ids],
        "photo_refusals": refusals,
        "max_photos": settings.MAX_PHOTOS,
        "resident": resident_of(request),
        "account_mark": account_mark(resident_of(request)),
        "clause": clause,
    }
    return render(request, "reports/new.html", context, status=status)


def _cards_of_formal_matters() -> dict[str, list[ProcedureVersion]]:
    """By the code of a category that is no report: the cards that say how it is settled."""
    others = [row for row in active_categories().values() if row.kind != CategoryKind.REPORT]
    found = cards_of_categories(others)
    return {row.code: found[row.pk] for row in others if row.pk in found}


def categories_by_group() -> list[tuple[str, list[Category]]]:
    """Active categories by the name of their group. The most used groups come first, and within a
    group the most used categories; the group of other matters is the last.
    """
    by_group: dict[str, list[Category]] = {}
    for category in active_categories().values():
        by_group.setdefault(category.group.name, []).append(category)
    for rows in by_group.values():
        rows.sort(key=lambda row: -row.uses)
    return sorted(by_group.items(), key=_place_of_group)


def _place_of_group(group: tuple[str, list[Category]]) -> tuple[bool, int]:
    categories = group[1]
    is_other = any(category.code == OTHER for category in categories)
    return is_other, -sum(category.uses for category in categories)
