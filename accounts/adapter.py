"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from . import identity
from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Names and addresses are checked by ``accounts.identity``; letters speak their reader's
    language.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_taken": _("Ktoś ma już taką albo łudząco podobną nazwę. Wybierz inną."),
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:
        identity.check_username(username)
        taken = User.objects.filter(username_key=identity.username_key(username))
        if not shallow and taken.exists():
            raise self.validation_error("username_taken")
        return username

    def clean_email(self, email: str) -> str:
        identity.check_email(email)
        return super().clean_email(email)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff to their room, a resident to their reports."""
        if request.user.is_authenticated and request.user.is_staff_member:
            return super().get_login_redirect_url(request)
        return reverse("mine:list")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_email_verification_redirect_url(self, email_address) -> str:
        return reverse("account_login")

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        context = {"city": {"portal_name": settings.CITY_PORTAL_NAME}} | context
        user = context.get("user")
        if user is None:
            return super().send_mail(template_prefix, email, context)
        with override(user.language):
            return super().send_mail(template_prefix, email, context)
