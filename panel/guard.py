"""The operator's switch that raises the guard for an hour."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, staff_required
from reports.intake.guard.switch import lower_guard, raise_guard


@require_POST
@staff_required(operator=True)
def switch(request: PersonRequest) -> HttpResponse:
    """Raise the guard, or lower it where ``lower`` was pressed."""
    if "lower" in request.POST:
        lower_guard(by=request.user)
        messages.success(request, _("Ochrona jest wyłączona."))
    else:
        raise_guard(by=request.user)
        messages.success(request, _("Ochrona jest włączona na godzinę."))
    return redirect("panel:operator")
