"""Which page of staff is mine."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from accounts.access import PersonRequest, staff_required
from accounts.models import Role

# Roles whose part of the panel is yet to come: its name, its icon, what will be done there.
_ROOMS_TO_COME = {
    Role.EDITOR: (
        _("Redakcja"),
        "pencil",
        _("Tu napiszesz procedury, aktualności, biuletyn oraz pytania i odpowiedzi."),
    ),
}


@staff_required
def home(request: PersonRequest) -> HttpResponse:
    """Send everybody to the list that they work from."""
    if request.user.is_operator:
        return redirect("panel:operator")
    if request.user.memberships.exists():
        return redirect("panel:unit")
    if request.user.is_gis:
        return redirect("panel:boundaries")
    rooms = [room for role, room in _ROOMS_TO_COME.items() if role in request.user.roles]
    return render(request, "panel/room_to_come.html", {"rooms": rooms})
