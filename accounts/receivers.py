"""What allauth and the admin tell us."""

from allauth.account.models import EmailAddress
from allauth.account.signals import email_added, email_changed, password_reset
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from outbox.forgetting import forget_sent

from . import consents
from .models import AddressChange, AuditEntry, User

_ACTS = {ADDITION: "added", CHANGE: "changed", DELETION: "deleted"}


@receiver(email_added)
def on_email_added(request, user, email_address, **kwargs) -> None:
    """From now on the address may wait so long."""
    AddressChange.objects.update_or_create(user=user, defaults={"at": timezone.now()})


@receiver(post_save, sender=LogEntry)
def on_admin_change(instance: LogEntry, created: bool, **kwargs) -> None:
    """Whatever is changed in the admin leaves a line that nobody edits; of people more is told by
    their own admin.
    """
    about = instance.content_type
    if created and about is not None and about.model_class() is not User:
        AuditEntry.objects.create(
            actor=instance.user,
            action=f"admin_{_ACTS[instance.action_flag]}",
            target_type=f"{about.app_label}.{about.model}",
            target_id=str(instance.object_id),
        )


@receiver(email_changed)
def on_email_changed(request, user, from_email_address, to_email_address, **kwargs) -> None:
    """In the transaction that confirms the new address."""
    if from_email_address is not None:
        consents.carry_over(old=from_email_address.email, new=to_email_address.email)
        forget_sent(from_email_address.email)


@receiver(password_reset)
def on_password_reset(request, user, **kwargs) -> None:
    """Whoever had to set a new password did not ask for another address a moment before."""
    EmailAddress.objects.filter(user=user, verified=False, primary=False).delete()
