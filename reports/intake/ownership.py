"""Which account a report was written in, told by the browser that kept it for later."""

from django.core.signing import Signer
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from web.errors import PortalError

_SALT = "reports.mine.account"


class OtherAccount(PortalError):
    """The report waits until its own sender is logged in again."""

    code = "other_account"
    status = 409
    detail = _("To zgłoszenie napisano w innym koncie. Zaloguj się na nie, a wyślemy je.")


def account_mark(user: User | None) -> str:
    """An opaque word for the account; empty for nobody."""
    return Signer(salt=_SALT).signature(str(user.pk)) if user else ""


def owner_for_mark(mark: str | None, user: User | None) -> User | None:
    """Whose a report is that says it was written under ``mark``; None: it does not say. Raises
    ``OtherAccount``.
    """
    if mark is None:
        return user
    if mark == "":
        return None
    if mark != account_mark(user):
        raise OtherAccount
    return user
