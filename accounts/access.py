"""Who may open a staff page: right role, and a second factor where the settings demand one."""

from collections.abc import Callable
from functools import wraps
from typing import overload

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .models import User

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request of somebody whom ``staff_required`` let in."""

    user: User


@overload
def staff_required(view: View) -> View: ...
@overload
def staff_required(
    *, operator: bool = False, unit_member: bool = False
) -> Callable[[View], View]: ...
def staff_required(
    view: View | None = None, *, operator: bool = False, unit_member: bool = False
) -> View | Callable[[View], View]:
    """Decorate a view for staff: anybody of the staff, operators only, or unit members only.

    Anonymous people go to the log-in, others get 403; staff without a second factor set it up
    first where ``STAFF_SECOND_FACTOR`` is on.
    """
    if view is None:
        return lambda given: guard(given, operator=operator, unit_member=unit_member)
    return guard(view, operator=operator, unit_member=unit_member)


def guard(view: View, *, operator: bool, unit_member: bool) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not user.is_staff_member:
            raise PermissionDenied
        if operator and not user.is_operator:
            raise PermissionDenied
        if unit_member and not user.memberships.exists():
            raise PermissionDenied
        if needs_second_factor(user):
            return redirect("mfa_activate_totp")
        return view(request, *args, **kwargs)

    return guarded


def needs_second_factor(user) -> bool:
    """Staff who have none yet; allauth asks for it at log-in from all who have one."""
    return settings.STAFF_SECOND_FACTOR and user.is_staff_member and not is_mfa_enabled(user)
