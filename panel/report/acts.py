"""POST doors of staff: each checks the shape and calls one act."""

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, staff_required
from reports.handling import correcting, moderation
from reports.handling.status import change_status
from reports.models import Photo, Report
from reports.photos.blurring import blur_photo
from reports.photos.clearing import clear_photo
from reports.photos.uploading import store_upload
from units.models import Unit
from web.errors import PortalError

from .forms import (
    BlurForm,
    CategoryForm,
    ClearForm,
    ForwardForm,
    PhotoForm,
    PlaceForm,
    ReasonForm,
    StatusForm,
    VersionedForm,
    VisibilityForm,
)
from .page import find, report_page

_View = Callable[..., HttpResponse]
_Act = Callable[[Report, dict, PersonRequest], object]
_Door = Callable[[_Act], _View]


def _door(form_class: type[VersionedForm], name: str, *, operator: bool = False) -> _Door:
    """Turn ``act(report, values, request)`` into a view: shape, act, and back to where one was.

    A refusal shows the page again with what was typed: 400, or the refusal's own status (409 when
    somebody else was faster).
    """

    def decorate(act: _Act) -> _View:
        @require_POST
        @staff_required(operator=operator)
        def view(request: PersonRequest, reference: str, **kwargs) -> HttpResponse:
            report = find(request, reference)
            form = form_class(request.POST, request.FILES, report=report, prefix=name)
            if not form.is_valid():
                return report_page(request, report, bound={name: form}, status=400)
            try:
                act(report, form.cleaned_data | kwargs, request)
            except PortalError as refusal:
                form.add_error(None, str(refusal.detail))
                report = find(request, reference)
                return report_page(request, report, bound={name: form}, status=refusal.status)
            return _done(request, report)

        return view

    return decorate


def _done(request: PersonRequest, report: Report) -> HttpResponse:
    """Back to the report, or to the queue when it went to somebody else."""
    messages.success(request, _("Zapisano."))
    if Report.objects.visible_to(request.user).filter(pk=report.pk).exists():
        return redirect("panel:report", report.reference)
    return redirect("panel:home")


@_door(StatusForm, "status")
def status(report: Report, values: dict, request: PersonRequest) -> None:
    photo = values["photo"] and store_upload(
        values["photo"], kind=Photo.Kind.RESULT, uploaded_by=request.user
    )
    with transaction.atomic():
        change_status(
            report,
            values["status"],
            by=request.user,
            note=values["note"],
            seen_version=values["version"],
        )
        if photo:
            Photo.objects.filter(pk=photo.pk).update(report=report, is_public=True)


@_door(ReasonForm, "give_back")
def give_back(report: Report, values: dict, request: PersonRequest) -> None:
    correcting.forward(
        report,
        Unit.objects.get(is_operator=True),
        by=request.user,
        reason=values["reason"],
        seen_version=values["version"],
    )


@_door(CategoryForm, "category", operator=True)
def category(report: Report, values: dict, request: PersonRequest) -> None:
    correcting.correct_category(
        report,
        values["category"],
        by=request.user,
        reason=values["reason"],
        seen_version=values["version"],
    )


@_door(PlaceForm, "place", operator=True)
def place(report: Report, values: dict, request: PersonRequest) -> None:
    correcting.correct_place(
        report,
        values["place"],
        by=request.user,
        reason=values["reason"],
        seen_version=values["version"],
    )


@_door(ForwardForm, "forward", operator=True)
def forward(report: Report, values: dict, request: PersonRequest) -> None:
    correcting.forward(
        report,
        values["unit"],
        by=request.user,
        reason=values["reason"],
        seen_version=values["version"],
    )


@_door(VisibilityForm, "visibility", operator=True)
def visibility(report: Report, values: dict, request: PersonRequest) -> None:
    act = moderation.hide if values["hidden"] else moderation.unhide
    act(report, by=request.user, reason=values["reason"], seen_version=values["version"])


@_door(ClearForm, "description")
def description(report: Report, values: dict, request: PersonRequest) -> None:
    moderation.clear_description(
        report, by=request.user, is_public=values["public"], seen_version=values["version"]
    )


@_door(PhotoForm, "photo")
def photo(report: Report, values: dict, request: PersonRequest) -> None:
    shown = get_object_or_404(Photo, pk=values["pk"], report=report)
    clear_photo(shown, seen=values["look"], by=request.user, is_public=values["public"])


@_door(BlurForm, "blur")
def blur(report: Report, values: dict, request: PersonRequest) -> None:
    shown = get_object_or_404(Photo, pk=values["pk"], report=report)
    blur_photo(shown, values["areas"], seen=values["look"], by=request.user)
