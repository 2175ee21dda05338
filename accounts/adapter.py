"""How the portal changes the behaviour of allauth."""

from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from web.errors import ReadOnly
from web.models import Function
from web.switches import SwitchedOff

from . import guessing, identity
from .consents import has_left
from .devices import remember_device
from .letters import FORGET_HEADERS
from .models import User
from .rules.accepting import rules_to_accept

_CONFIRMATION_SENT = "account/messages/email_confirmation_sent.txt"
_UNKNOWN_ACCOUNT = "account/email/unknown_account"
# Names of the entries of a letter's context that hold the address of a page.
_ADDRESS = "_url"
_NOT_KEPT = {_UNKNOWN_ACCOUNT, "account/email/email_changed"}


class AccountAdapter(DefaultAccountAdapter):
    """Checks names and addresses by ``accounts.identity``, and sends letters in the language of
    their reader.
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

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        # allauth takes it back by this name if the password is right.
        self._login_failed_rl_usage = guessing.count_attempt(request, credentials)
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        guessing.tell_owner(request, credentials)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Refuse residents while their log-in is switched off, and all but administrators during a
        technical break.
        """
        state = request.portal_state  # type: ignore[attr-defined]
        if state.only_reads and not user.is_administrator:
            raise ReadOnly(state.break_on)
        if not user.is_staff_member and (change := state.off.get(Function.LOGIN)):
            raise SwitchedOff(change)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        remember_device(response, request, user)
        return response

    def add_message(self, request, level, message_template=None, *args, **kwargs) -> None:
        """Drop the message that a confirmation was sent for somebody who is not logged in: the page
        says it already.
        """
        is_on_page = message_template == _CONFIRMATION_SENT and not request.user.is_authenticated
        if not is_on_page:
            super().add_message(request, level, message_template, *args, **kwargs)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to the panel, residents to their reports, or first to new rules."""
        user = cast("User", request.user)
        if user.is_staff_member:
            return super().get_login_redirect_url(request)
        return reverse("account_rules" if rules_to_accept(user) else "own_reports:list")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_email_verification_redirect_url(self, email_address) -> str:
        return reverse("account_login")

    def set_password(self, user: User, password: str) -> None:
        """Save the password alone, because the rest of ``user`` may be older than its row."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def render_mail(self, template_prefix, email, context, headers=None):
        """Do not keep letters to an address that no account has, or no longer has."""
        if template_prefix in _NOT_KEPT:
            headers = FORGET_HEADERS | (headers or {})
        return super().render_mail(template_prefix, email, context, headers)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send a letter whose addresses begin with ``SITE_URL``. allauth takes them from the Host
        header of the request, which anybody may set.
        """
        city = {
            "portal_name": settings.CITY_PORTAL_NAME,
            "administrator": settings.ADMINISTRATOR_EMAIL,
        }
        pages = {
            name: _on_this_site(value) for name, value in context.items() if name.endswith(_ADDRESS)
        }
        # allauth's own templates name the site.
        site = {"name": settings.CITY_PORTAL_NAME, "domain": urlsplit(settings.SITE_URL).netloc}
        own = {"city": city, "current_site": site, "site_url": settings.SITE_URL}
        context = own | context | pages
        user = context.get("user")
        if template_prefix == _UNKNOWN_ACCOUNT and has_left(email):
            # The letter that confirmed the closing promised to be the last one.
            return None
        if user is None:
            return super().send_mail(template_prefix, email, context)
        with override(user.language):
            return super().send_mail(template_prefix, email, context)


def _on_this_site(address: str) -> str:
    """``https://any.example/konto/?a=1`` → the same page below ``SITE_URL``."""
    parts = urlsplit(address)
    return settings.SITE_URL + parts._replace(scheme="", netloc="").geturl()
