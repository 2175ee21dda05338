"""Closing an account: at once, in one transaction, and only the proof of consent stays."""

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox.forgetting import forget, forget_sent
from web.errors import PortalError

from . import consents
from .letters import text
from .models import ConsentEntry, User
from .sessions import end_sessions
from .signals import leaving

_Purpose = ConsentEntry.Purpose


class StaffAccount(PortalError):
    code = "staff_account"
    status = 409
    detail = _("Konto pracownika zamyka administrator.")


@transaction.atomic
def close_account(user: User, *, how: str, keep_texts: bool = False, reason: str = "") -> bool:
    """Erase ``user``; their reports stay as anonymous facts, with words and photos if
    ``keep_texts``. ``reason``: a sentence for the letter. False if somebody closed it before.

    The order matters: each step waits for what others are writing about this person, and the
    letters go last, so that none slips in behind. Others may point to the row while it is locked
    (``no_key``): who holds a report and writes about its owner must be able to end. Raises
    ``StaffAccount``.
    """
    locked = User.objects.select_for_update(no_key=True).filter(pk=user.pk).first()
    if locked is None:
        return False
    if locked.is_staff_member:
        raise StaffAccount
    email, language = locked.email, locked.language
    pending = _pending_addresses(locked)
    leaving.send(sender=User, user=locked, keep_texts=keep_texts)
    _withdraw_all(locked, how)
    end_sessions(locked)
    _forget_in_admin(locked)
    _erase(locked)
    forget(email)
    for address in pending:
        forget_sent(address)
    told = {"now": timezone.now(), "keep_texts": keep_texts, "reason": reason}
    text("closed", told, language=language).to(email, forget=True).send()
    return True


def _pending_addresses(user: User) -> list[str]:
    """Addresses that wait for their confirmation; they may be somebody else's."""
    waiting = EmailAddress.objects.filter(user=user, verified=False)
    return list(waiting.values_list("email", flat=True))


def _erase(user: User) -> None:
    """Delete the row; of somebody who was staff once, whom the trail names by it, all that is
    personal.
    """
    try:
        with transaction.atomic():
            user.delete()
    except ProtectedError:
        _blank(user)


def _blank(user: User) -> None:
    """Nobody's row: no name, no address, no way in, nothing that belonged to it."""
    for relation in user._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            mine = {relation.field.name: user}
            relation.related_model._base_manager.filter(**mine).delete()
    user.groups.clear()
    User.objects.filter(pk=user.pk).update(
        username=f"–{user.pk}",
        username_key=f"–{user.pk}",
        email="",
        email_key=None,
        first_name="",
        last_name="",
        password=make_password(None),
        is_active=False,
        is_staff=False,
        last_login=None,
        rules_accepted=None,
        newsletter=False,
        blocked_reason="",
    )


def _withdraw_all(user: User, how: str) -> None:
    """A line for each consent that holds; an account that nobody confirmed has none."""
    for entry in consents.active_entries(user.email):
        consents.withdraw(purpose=entry.purpose, email=user.email, version=entry.version, how=how)


def _forget_in_admin(user: User) -> None:
    """The admin's own history names what was edited."""
    about = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    )
    about.update(object_repr="–")
