"""'Someone else uses my account': everybody out, a new password, a word to the administrator."""

from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from .audit import record
from .letters import address_of, text
from .models import User
from .sessions import end_sessions


@transaction.atomic
def report_takeover(request: HttpRequest, user: User) -> None:
    """Shut everybody out and tell the administrator."""
    shut_out(request, user)
    record(actor=None, action="takeover_reported", target=user)
    told = {"now": timezone.now(), "page": address_of("people:person", user.pk)}
    letter = text("taken_over", told, language=settings.LANGUAGE_CODE)
    letter.to(settings.ADMINISTRATOR_EMAIL).send()


def shut_out(request: HttpRequest, user: User) -> None:
    """End every session of ``user``, make the password useless, and send a letter by which to set
    a new one.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions(user)
    _drop_footholds(user)
    _send_reset(request, user)


def _drop_footholds(user: User) -> None:
    """What a stranger may have left to come back by: an address that waits for its confirmation,
    and a second factor. Staff keep theirs: the administrator resets it.
    """
    EmailAddress.objects.filter(user=user, verified=False).delete()
    if not user.is_staff_member:
        Authenticator.objects.filter(user=user).delete()


def _send_reset(request: HttpRequest, user: User) -> None:
    """allauth's letter with the one-time link."""
    form = ResetPasswordForm({"email": user.email})
    if form.is_valid():
        form.save(request)
