"""What the administrator does to an account; each leaves a line in the trail."""

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
from accounts.letters import text
from accounts.models import User
from accounts.sessions import end_sessions
from accounts.takeover import shut_out
from web.errors import PortalError


class OwnAccount(PortalError):
    code = "own_account"
    status = 409
    detail = _("Tego nie można zrobić z własnym kontem.")


class ReasonRequired(PortalError):
    code = "reason_required"
    field = "reason"
    detail = _("Podaj powód: dostanie go właściciel konta.")


class AddressRefused(PortalError):
    code = "address_refused"

    def __init__(self, texts: list[str]) -> None:
        super().__init__(" ".join(texts), fields={"email": texts})


@transaction.atomic
def block(user: User, *, by: User, reason: str) -> None:
    """Shut ``user`` out at once and write to them why. Raises ``OwnAccount``,
    ``ReasonRequired``.
    """
    _check_other(user, by)
    if not reason.strip():
        raise ReasonRequired
    user.is_active, user.blocked_at, user.blocked_reason = False, timezone.now(), reason.strip()
    user.save(update_fields=["is_active", "blocked_at", "blocked_reason"])
    end_sessions(user)
    record(actor=by, action="person_blocked", target=user)
    _tell(user, "blocked", reason=user.blocked_reason, contact=settings.ADMINISTRATOR_EMAIL)


@transaction.atomic
def unblock(user: User, *, by: User) -> None:
    user.is_active, user.blocked_at, user.blocked_reason = True, None, ""
    user.save(update_fields=["is_active", "blocked_at", "blocked_reason"])
    record(actor=by, action="person_unblocked", target=user)
    _tell(user, "unblocked")


@transaction.atomic
def delete(user: User, *, by: User) -> None:
    """Close the account as if its owner had, without their words. Raises ``OwnAccount``,
    ``StaffAccount``.
    """
    _check_other(user, by)
    record(actor=by, action="person_deleted", target=user)
    close_account(user, how="administrator", reason=str(_("Konto usunął administrator portalu.")))


@transaction.atomic
def reset_second_factor(user: User, *, by: User) -> None:
    """Somebody lost the telephone: they log in by password and set up a new one."""
    _check_other(user, by)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    record(actor=by, action="second_factor_reset", target=user)


@transaction.atomic
def restore_address(user: User, email: str, *, by: User, request: HttpRequest) -> None:
    """Give back an account whose address a stranger changed: ``email`` is its owner's, everybody is
    logged out, and a letter sets a new password. Raises ``OwnAccount``, ``AddressRefused``.
    """
    _check_other(user, by)
    old, user.email = user.email, email.strip()
    try:
        check_email(user.email)
        user.clean()
    except ValidationError as wrong:
        raise AddressRefused(wrong.messages) from wrong
    user.save(update_fields=["email"])
    mark_email_confirmed(user)
    consents.carry_over(old=old, new=user.email)
    shut_out(request, user)
    record(actor=by, action="address_restored", target=user)


def _check_other(user: User, by: User) -> None:
    if user == by:
        raise OwnAccount


def _tell(user: User, template: str, **context: str) -> None:
    if user.email:
        text(template, context, language=user.language).to(user.email).send()
