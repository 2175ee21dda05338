"""Finds in which account a report was written, from the mark that the browser stored with it."""

from django.core.signing import Signer
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from web.errors import PortalError

_SALT = "reports.mine.account"


class _OtherAccount(PortalError):
    """The report was written in another account. It waits until its sender is logged in again."""

    code = "other_account"
    status = 409
    detail = _("To zgłoszenie powstało na innym koncie. Zaloguj się na tamto konto, a je wyślemy.")


def account_mark(user: User | None) -> str:
    """An opaque mark of the account; "" if nobody is logged in."""
    return Signer(salt=_SALT).signature(str(user.pk)) if user else ""


def owner_for_mark(mark: str | None, user: User | None) -> User | None:
    """The owner of a report that was written under ``mark`` and is sent by ``user``. ``mark`` is
    None if the browser stored none. Raises ``_OtherAccount``.
    """
    if mark is None:
        return user
    if mark == "":
        return None
    if mark != account_mark(user):
        raise _OtherAccount
    return user
