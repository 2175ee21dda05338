"""Closing an account: at once, in one transaction, and only the proof of consent stays."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo_portal.errors import PortalError
from outbox.forgetting import forget

from . import consents
from .letters import text
from .models import ConsentEntry, User
from .sessions import end_sessions
from .signals import leaving

Purpose = ConsentEntry.Purpose


class StaffAccount(PortalError):
    code = "staff_account"
    status = 409
    detail = _("Konto pracownika zamyka administrator.")


@transaction.atomic
def close_account(user: User, *, how: str, keep_texts: bool = False, reason: str = "") -> bool:
    """Erase ``user``; their reports stay as anonymous facts, with words and photos if
    ``keep_texts``. ``reason``: a sentence for the letter. False if somebody closed it before.

    The order matters: each step waits for what others are writing about this person, and the
    letters go last, so that none slips in behind. Raises ``StaffAccount``.
    """
    locked = User.objects.select_for_update().filter(pk=user.pk).first()
    if locked is None:
        return False
    if locked.is_staff_member:
        raise StaffAccount
    email, language = locked.email, locked.language
    leaving.send(sender=User, user=locked, keep_texts=keep_texts)
    withdraw_all(locked, how)
    end_sessions(locked)
    forget_in_admin(locked)
    locked.delete()
    forget(email)
    told = {"now": timezone.now(), "keep_texts": keep_texts, "reason": reason}
    text("closed", told, language=language).to(email, forget=True).send()
    return True


def withdraw_all(user: User, how: str) -> None:
    """A line for each consent that holds; an account that nobody confirmed has none."""
    for entry in consents.held(user.email):
        consents.withdraw(purpose=entry.purpose, email=user.email, version=entry.version, how=how)


def forget_in_admin(user: User) -> None:
    """The admin's own history names what was edited."""
    about = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    )
    about.update(object_repr="–")
