"""The way back to the boundaries before, with what it would change."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import PersonRequest, staff_required
from districts.editions.activating import edition_before, return_to_previous
from districts.models import Edition, Layer
from reports.handling.previewing import preview_edition
from web.errors import PortalError


@staff_required(gis=True)
def go_back(request: PersonRequest, layer: str) -> HttpResponse:
    """Shows to which edition a return leads and what follows, and returns by a press."""
    row = get_object_or_404(Layer, pk=layer)
    if request.method == "POST":
        try:
            activation = return_to_previous(row, by=request.user)
        except PortalError as refusal:
            messages.error(request, str(refusal.detail))
            return redirect("panel:boundaries")
        words = _("Obowiązuje znów wydanie %(code)s.")
        messages.success(request, words % {"code": activation.edition.code})
        return redirect("panel:edition", activation.edition.code)
    before = edition_before(row.pk)
    context = {
        "layer": row,
        "now": Edition.objects.in_force_or_none(row.pk),
        "before": before,
        "preview": preview_edition(before) if before else None,
    }
    return render(request, "panel/boundaries/go_back.html", context)
