"""'Someone else uses my account': log everybody out and have the owner set a new password."""

from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from web.addresses import absolute_url

from .audit import record
from .letters import render_text
from .models import AccountWord, User
from .sessions import end_sessions
from .tokens import revoke_tokens


@transaction.atomic
def report_takeover(request: HttpRequest, user: User) -> None:
    """Have ``user`` set a new password, and write to the administrator."""
    force_new_password(request, user)
    record(actor=None, action=AccountWord.TAKEOVER_REPORTED, target=user)
    context = {"now": timezone.now(), "page": absolute_url("people:person", user.pk)}
    letter = render_text("taken_over", context, language=settings.LANGUAGE_CODE)
    letter.message_to(settings.ADMINISTRATOR_EMAIL).send()


def force_new_password(request: HttpRequest, user: User) -> None:
    """Make the password of ``user`` useless, end every session and token, and send a
    letter with a one-time link by which to set a new password.

    What a stranger may have added to come back later goes as well: an address that is not confirmed
    yet, and a second factor. Staff keep theirs: the administrator resets it.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions(user)
    revoke_tokens(user)
    EmailAddress.objects.filter(user=user, verified=False).delete()
    if not user.is_staff_member:
        Authenticator.objects.filter(user=user).delete()
    form = ResetPasswordForm({"email": user.email})
    if form.is_valid():
        form.save(request)
