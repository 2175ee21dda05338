"""The view behind the address of every act of the registry."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest
from panel.act import Act
from reports.changing import StaleReport
from reports.models import Photo, Report
from web.errors import PortalError
from web.expired import EXPIRED, SEND_AGAIN, shown_again_by

from .forms import ActForm
from .logged_out import keeps_typed
from .meanwhile import events_since
from .page import Refused, find_report, show_report

_Sent = tuple[Report, Photo | None, ActForm]


def view_of(act: Act) -> Callable[..., HttpResponseBase]:
    """The view that checks the shape of what was sent, runs ``act`` and leads back.

    A refusal shows the page again with what was typed: 400 where the shape is wrong, otherwise the
    refusal's own status (409 where somebody else was faster).
    """

    @keeps_typed
    @act.permission.require
    def show_again(request: PersonRequest, reference: str, pk: UUID | None = None) -> HttpResponse:
        report, photo, form = read(request, reference, pk)
        form.add_error(None, SEND_AGAIN)
        form.ask_for_files()
        return show_report(request, report, refused=Refused(act, photo, form), status=EXPIRED)

    def read(request: PersonRequest, reference: str, pk: UUID | None) -> _Sent:
        report = find_report(request, reference)
        photo = get_object_or_404(Photo, pk=pk, report=report) if act.is_about_photo else None
        return report, photo, act.form_for(report, photo, request.POST, request.FILES)

    @shown_again_by(show_again)
    @require_POST
    @keeps_typed
    @act.permission.require
    def view(request: PersonRequest, reference: str, pk: UUID | None = None) -> HttpResponse:
        report, photo, form = read(request, reference, pk)
        refused = Refused(act, photo, form)
        if not form.is_valid():
            form.ask_for_files()
            return show_report(request, report, refused=refused, status=400)
        try:
            act.run(photo or report, **form.arguments(), by=request.user)
        except PortalError as refusal:
            # Whoever was faster may have given the report to another unit. The reason is then all
            # that this person may see.
            if not Report.objects.visible_to(request.user).filter(pk=report.pk).exists():
                raise
            form.add_error(
                refusal.field if refusal.field in form.fields else None, str(refusal.detail)
            )
            report = find_report(request, reference)
            form.ask_for_files()
            if refusal.status == StaleReport.status:
                loaded = form.cleaned_data.get("loaded", "")
                refused = replace(refused, meanwhile=events_since(report, loaded))
            form.show_again(report)
            return show_report(request, report, refused=refused, status=refusal.status)
        # The page need not keep any longer what was typed into this form.
        done = f"{report.reference}:{act.prefix}"
        messages.success(request, _("Zapisano."), extra_tags=done)
        if Report.objects.visible_to(request.user).filter(pk=report.pk).exists():
            return redirect("panel:report", report.reference)
        # It went to somebody else.
        return redirect("panel:home")

    return view
