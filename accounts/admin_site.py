"""The Django admin: for administrators with a second factor, by the portal's own log-in."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from .access import needs_second_factor


class PortalAdminSite(AdminSite):
    site_header = site_title = _("Administracja portalu")
    index_title = _("Co chcesz zmienić?")

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        may = user.is_active and user.is_authenticated and user.is_administrator
        return may and not needs_second_factor(user)

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Redirect to the portal's log-in, then to the second factor; 403 for everybody else."""
        user = request.user
        if not user.is_authenticated:
            return redirect_to_login(request.GET.get("next", "/admin/"))
        if user.is_administrator and needs_second_factor(user):
            return redirect("mfa_activate_totp")
        if user.is_administrator:
            return redirect("admin:index")
        raise PermissionDenied
