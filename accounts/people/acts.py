"""What the administrator does to an account. Each act leaves a line in the audit trail."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import consents
from accounts.audit import record
from accounts.closing import close_account
from accounts.confirming import mark_email_confirmed
from accounts.identity import check_email
from accounts.letters import render_text
from accounts.models import AccountWord, User
from accounts.sessions import end_sessions
from accounts.takeover import force_new_password
from web.errors import PortalError


class _OwnAccount(PortalError):
    code = "own_account"
    status = 409
    detail = _("Tego nie można zrobić z własnym kontem.")


class _ReasonRequired(PortalError):
    code = "reason_required"
    field = "reason"
    detail = _("Podaj powód: dostanie go właściciel konta.")


class _AddressRefused(PortalError):
    code = "address_refused"

    def __init__(self, texts: list[str]) -> None:
        super().__init__(" ".join(texts), fields={"email": texts})


@transaction.atomic
def block_account(user: User, *, by: User, reason: str) -> None:
    """Log ``user`` out at once, refuse further log-ins, and write to them why. Raises
    ``_OwnAccount``, ``_ReasonRequired``.
    """
    _refuse_own(user, by)
    if not reason.strip():
        raise _ReasonRequired
    user.is_active, user.blocked_at, user.blocked_reason = False, timezone.now(), reason.strip()
    user.save(update_fields=["is_active", "blocked_at", "blocked_reason"])
    end_sessions(user)
    record(actor=by, action=AccountWord.PERSON_BLOCKED, target=user)
    _write_to(user, "blocked", reason=user.blocked_reason, contact=settings.ADMINISTRATOR_EMAIL)


@transaction.atomic
def unblock_account(user: User, *, by: User) -> None:
    user.is_active, user.blocked_at, user.blocked_reason = True, None, ""
    user.save(update_fields=["is_active", "blocked_at", "blocked_reason"])
    record(actor=by, action=AccountWord.PERSON_UNBLOCKED, target=user)
    _write_to(user, "unblocked")


@transaction.atomic
def delete_account(user: User, *, by: User) -> None:
    """Close the account as its owner could, without keeping texts and photos. Raises
    ``_OwnAccount``, ``StaffAccount``.
    """
    _refuse_own(user, by)
    record(actor=by, action=AccountWord.PERSON_DELETED, target=user)
    close_account(user, how="administrator", reason=str(_("Konto usunął administrator portalu.")))


@transaction.atomic
def reset_second_factor(user: User, *, by: User) -> None:
    """For somebody who lost the telephone: they log in by password and set up a new factor. Raises
    ``_OwnAccount``.
    """
    _refuse_own(user, by)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    record(actor=by, action=AccountWord.SECOND_FACTOR_RESET, target=user)


@transaction.atomic
def restore_address(user: User, email: str, *, by: User, request: HttpRequest) -> None:
    """Give an account back to its owner after a stranger changed its address.

    ``email`` is the owner's address. Everybody is logged out, and a letter to the owner has a link
    by which to set a new password. Raises ``_OwnAccount``, ``_AddressRefused``.
    """
    _refuse_own(user, by)
    old, user.email = user.email, email.strip()
    try:
        check_email(user.email)
        user.clean()
    except ValidationError as wrong:
        raise _AddressRefused(wrong.messages) from wrong
    user.save(update_fields=["email"])
    mark_email_confirmed(user)
    consents.carry_over(old=old, new=user.email)
    force_new_password(request, user)
    record(actor=by, action=AccountWord.ADDRESS_RESTORED, target=user)


def _refuse_own(user: User, by: User) -> None:
    if user == by:
        raise _OwnAccount


def _write_to(user: User, template: str, **context: str) -> None:
    if user.email:
        letter = render_text(template, context, language=user.language)
        letter.message_to(user.email).send()
