"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """Staff accounts are made by the administrator; residents report without one."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff to their room, a resident to the front page."""
        if request.user.is_authenticated and request.user.is_staff_member:
            return super().get_login_redirect_url(request)
        return reverse("home")

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
