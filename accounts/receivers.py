"""What the portal does when allauth or the admin sends a signal."""

from allauth.account.models import EmailAddress
from allauth.account.signals import (
    email_added,
    email_changed,
    password_changed,
    password_reset,
    password_set,
)
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from outbox.forgetting import forget_letters_to

from . import consents
from .guessing import forget_attempts
from .models import AccountWord, AddressChange, AuditEntry, User

_WORDS = {
    ADDITION: AccountWord.ADMIN_ADDED,
    CHANGE: AccountWord.ADMIN_CHANGED,
    DELETION: AccountWord.ADMIN_DELETED,
}


@receiver(email_added)
def _note_address_change(request, user, email_address, **kwargs) -> None:
    """Note when the address was added: it must be confirmed within a number of days from then."""
    AddressChange.objects.update_or_create(user=user, defaults={"at": timezone.now()})


@receiver(post_save, sender=LogEntry)
def _record_admin_change(instance: LogEntry, created: bool, **kwargs) -> None:
    """Copy every change in the admin into the audit trail, which nobody can edit. ``PersonAdmin``
    itself records changes of people, with more details.
    """
    about = instance.content_type
    if created and about is not None and about.model_class() is not User:
        AuditEntry.objects.create(
            actor=instance.user,
            action=_WORDS[instance.action_flag],
            target_type=f"{about.app_label}.{about.model}",
            target_id=str(instance.object_id),
        )


@receiver(email_changed)
def _carry_consents_over(request, user, from_email_address, to_email_address, **kwargs) -> None:
    """Runs in the transaction that confirms the new address."""
    if from_email_address is not None:
        consents.carry_over(old=from_email_address.email, new=to_email_address.email)
        forget_letters_to(from_email_address.email)


@receiver([password_changed, password_reset, password_set])
def _drop_unconfirmed_addresses(request, user, **kwargs) -> None:
    """The owner of the account has set a new password: drop an address that waits for its
    confirmation, because a stranger may have asked for it.
    """
    EmailAddress.objects.filter(user=user, verified=False, primary=False).delete()


@receiver(password_reset)
def _forget_wrong_passwords(request, user, **kwargs) -> None:
    """Nobody guesses a password that was set a moment ago: let the owner in."""
    forget_attempts(request, user)
