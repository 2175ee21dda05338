"""The administrator publishes the annex from the table that routes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, staff_required
from catalogue.annex.publishing import AnnexUnchanged, publish_annex


@require_POST
@staff_required(administrator=True)
def publish(request: PersonRequest) -> HttpResponse:
    try:
        version = publish_annex(by=request.user)
    except AnnexUnchanged as refusal:
        messages.info(request, str(refusal.detail))
    else:
        words = _("Załącznik w wersji %(number)s jest opublikowany.")
        messages.success(request, words % {"number": version.number})
    return redirect("catalogue:annex")
