"""The view behind the address of every act of the registry."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest
from panel.registry import Act
from reports.models import Photo, Report
from web.errors import PortalError

from .page import Refused, find_report, show_report


def view_of(act: Act) -> Callable[..., HttpResponse]:
    """The view that checks the shape of what was sent, runs ``act`` and leads back.

    A refusal shows the page again with what was typed: 400 where the shape is wrong, otherwise the
    refusal's own status (409 where somebody else was faster).
    """

    @require_POST
    @act.permission.require
    def view(request: PersonRequest, reference: str, pk: UUID | None = None) -> HttpResponse:
        report = find_report(request, reference)
        photo = get_object_or_404(Photo, pk=pk, report=report) if act.is_about_photo else None
        form = act.form_for(report, photo, request.POST, request.FILES)
        refused = Refused(act, photo, form)
        if not form.is_valid():
            return show_report(request, report, refused=refused, status=400)
        try:
            act.run(photo or report, **form.arguments(), by=request.user)
        except PortalError as refusal:
            # Whoever was faster may have given the report to another unit. The reason is then all
            # that this person may see.
            if not Report.objects.visible_to(request.user).filter(pk=report.pk).exists():
                raise
            form.add_error(None, str(refusal.detail))
            report = find_report(request, reference)
            return show_report(request, report, refused=refused, status=refusal.status)
        messages.success(request, _("Zapisano."))
        if Report.objects.visible_to(request.user).filter(pk=report.pk).exists():
            return redirect("panel:report", report.reference)
        # It went to somebody else.
        return redirect("panel:home")

    return view
