"""Which page of staff is mine."""

from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.access import PersonRequest, staff_required


@staff_required
def home(request: PersonRequest) -> HttpResponse:
    """Send everybody to the list that they work from."""
    if request.user.is_operator:
        return redirect("panel:operator")
    if request.user.is_unit_member:
        return redirect("panel:unit")
    if request.user.is_gis:
        return redirect("panel:boundaries")
    return redirect("panel:procedures")
