"""Who may open which page: staff by role and second factor, residents by accepted rules.

A page that only asks whether somebody is logged in takes Django's ``login_required``: the pages
that stay open while new rules wait (deciding about them, taking one's data along, leaving).
"""

from collections.abc import Callable
from functools import wraps
from typing import overload

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from .models import User
from .rules.accepting import must_accept_rules

_View = Callable[..., HttpResponseBase]

# Django's decorator sends anonymous people to the log-in. The rest stands here because Django has
# nothing like it: its ``user_passes_test`` sends also those who are logged in to the log-in, while
# here a wrong role gets 403, and a missing second factor or new rules lead to the page that helps.


class PersonRequest(HttpRequest):
    """A request of a person whom one of these decorators let in."""

    user: User


@overload
def staff_required(view: _View) -> _View: ...
@overload
def staff_required(
    *,
    operator: bool = False,
    unit_member: bool = False,
    administrator: bool = False,
    gis: bool = False,
    gis_or_operator: bool = False,
    editor: bool = False,
    leader_or_operator: bool = False,
) -> Callable[[_View], _View]: ...
def staff_required(
    view: _View | None = None,
    *,
    operator: bool = False,
    unit_member: bool = False,
    administrator: bool = False,
    gis: bool = False,
    gis_or_operator: bool = False,
    editor: bool = False,
    leader_or_operator: bool = False,
) -> _View | Callable[[_View], _View]:
    """Decorate a view for staff: for all of them, or only for operators, unit members,
    administrators, GIS staff, GIS staff and operators, editors, or leaders of units and operators.

    People who are not logged in go to the log-in, others get 403. Staff without a second factor
    first set one up where ``STAFF_SECOND_FACTOR`` is on.
    """

    def decorate(view: _View) -> _View:
        @login_required
        @wraps(view)
        def checked(request: PersonRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            wanted = {
                "operator": operator,
                "unit_member": unit_member,
                "administrator": administrator,
                "gis": gis,
                "gis_or_operator": gis_or_operator,
                "editor": editor,
                "leader_or_operator": leader_or_operator,
            }
            if not has_access(request.user, **wanted):
                raise PermissionDenied
            if needs_second_factor(request.user):
                return redirect("mfa_activate_totp")
            return view(request, *args, **kwargs)

        return checked

    return decorate(view) if view else decorate


def has_access(
    user: User,
    *,
    operator: bool = False,
    unit_member: bool = False,
    administrator: bool = False,
    gis: bool = False,
    gis_or_operator: bool = False,
    editor: bool = False,
    leader_or_operator: bool = False,
) -> bool:
    """Whether ``staff_required`` lets ``user`` in. A page that asks this offers nothing that the
    view would refuse.
    """
    return (
        user.is_staff_member
        and (user.is_operator or not operator)
        and (not unit_member or user.is_unit_member)
        and (user.is_administrator or not administrator)
        and (user.is_gis or not gis)
        and (user.is_gis or user.is_operator or not gis_or_operator)
        and (user.is_editor or not editor)
        and (not leader_or_operator or user.is_operator or user.is_leader)
    )


def account_required(view: _View) -> _View:
    """Decorate a page of the account: for people who are logged in. Residents who have to accept
    new rules that are in force do so first.
    """

    @login_required
    @wraps(view)
    def checked(request: PersonRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if must_accept_rules(request.user):
            return redirect("account_rules")
        return view(request, *args, **kwargs)

    return checked


def needs_second_factor(user) -> bool:
    """Whether ``user`` is of the staff and has yet to set up a second factor.

    allauth itself asks everybody who has one for it at the log-in.
    """
    return settings.STAFF_SECOND_FACTOR and user.is_staff_member and not is_mfa_enabled(user)


def resident_of(request: HttpRequest) -> User | None:
    """The resident who is logged in; None for others. A resident who now works for the city is one
    too.
    """
    user = request.user
    if user is None or not user.is_authenticated or user.rules_accepted_id is None:
        return None
    return user
