"""Personal tokens of staff: made, found by what a program sends, revoked."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from web.errors import PortalError

from .access import needs_second_factor
from .models import PersonalToken, User

# It tells people and scanners of leaked secrets what this is.
_PREFIX = "lckm_"
# Of one person, so that nobody loses sight of them.
MOST = 20


class TooManyTokens(PortalError):
    code = "too_many_tokens"
    status = 409
    detail = _("Masz już 20 tokenów. Najpierw unieważnij te, których nie używasz.")


def make_token(user: User, *, name: str, days: int) -> str:
    """A new token of ``user``; only its hash is kept. Raises ``TooManyTokens``."""
    if PersonalToken.objects.usable().filter(user=user).count() >= MOST:
        raise TooManyTokens
    token = _PREFIX + secrets.token_urlsafe(32)
    expires_on = timezone.localdate() + timedelta(days=days)
    PersonalToken.objects.create(user=user, name=name, hash=_hash(token), expires_on=expires_on)
    return token


def find_person(token: str) -> User | None:
    """The member of staff whose token this is; None if it does not or no longer open anything:
    revoked, expired, of somebody blocked, who left, or who must set up a second factor first.
    """
    row = PersonalToken.objects.usable().select_related("user").filter(hash=_hash(token)).first()
    if row is None or not row.user.is_active:
        return None
    if not row.user.is_staff_member or needs_second_factor(row.user):
        return None
    today = timezone.localdate()
    if row.last_used_on != today:
        PersonalToken.objects.filter(pk=row.pk).update(last_used_on=today)
    return row.user


def revoke_tokens(user: User, **which: object) -> None:
    """All usable tokens of ``user``, or those that ``which`` filters."""
    own = PersonalToken.objects.usable().filter(user=user, **which)
    own.update(revoked_at=timezone.now())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
