"""Closing an account: at once and in one transaction. Only the proof of the consents stays."""

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox.forgetting import cancel_and_forget_letters_to, forget_letters_to
from web.errors import PortalError

from . import consents
from .letters import render_text
from .models import User
from .sessions import end_sessions
from .signals import leaving


class StaffAccount(PortalError):
    code = "staff_account"
    status = 409
    detail = _("Konto pracownika zamyka administrator.")


@transaction.atomic
def close_account(user: User, *, how: str, keep_texts: bool = False, reason: str = "") -> bool:
    """Erase ``user``. Their reports stay as anonymous facts, with descriptions and photos only if
    ``keep_texts``.

    ``how``: for the consent ledger. ``reason``: a sentence for the letter. Returns False if the
    account is closed already. Raises ``StaffAccount``.

    The order of the steps matters. Each waits for others who are writing about this person, and
    letters are forgotten last, so that no new one is missed. The lock is weak (``no_key``): others
    may still point to the row, because whoever holds a report and writes about its owner must be
    able to finish.
    """
    locked = User.objects.select_for_update(no_key=True).filter(pk=user.pk).first()
    if locked is None:
        return False
    if locked.is_staff_member:
        raise StaffAccount
    email, language = locked.email, locked.language
    unconfirmed = EmailAddress.objects.filter(user=locked, verified=False)
    unconfirmed_emails = list(unconfirmed.values_list("email", flat=True))

    leaving.send(sender=User, user=locked, keep_texts=keep_texts)
    # An account that nobody confirmed has no consents to withdraw.
    for entry in consents.active_entries(email):
        consents.withdraw(purpose=entry.purpose, email=email, version=entry.version, how=how)
    end_sessions(locked)
    # The admin's own history names the person, or the address, that was edited.
    about = ContentType.objects.get_for_model(User)
    their_own = models.Q(content_type=about, object_id=str(locked.pk))
    for address in (email, *unconfirmed_emails):
        their_own |= models.Q(object_repr__iexact=address)
    LogEntry.objects.filter(their_own).update(object_repr="–")
    _erase(locked)

    cancel_and_forget_letters_to(email)
    for unconfirmed_email in unconfirmed_emails:
        # It may be a stranger's address, so their queued letters still leave.
        forget_letters_to(unconfirmed_email)
    context = {"now": timezone.now(), "keep_texts": keep_texts, "reason": reason}
    letter = render_text("closed", context, language=language)
    letter.message_to(email, forget=True).send()
    return True


def _erase(user: User) -> None:
    """Delete the row, or blank it where the audit trail points to it: the person worked for the
    city once.
    """
    try:
        with transaction.atomic():
            user.delete()
    except ProtectedError:
        for relation in user._meta.related_objects:
            if relation.on_delete is models.CASCADE:
                owned = {relation.field.name: user}
                relation.related_model._base_manager.filter(**owned).delete()
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
