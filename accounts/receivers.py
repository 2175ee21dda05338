"""What allauth tells us."""

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed, password_reset
from django.dispatch import receiver

from outbox.forgetting import forget_sent

from .choosing import carry_over


@receiver(email_changed)
def on_email_changed(request, user, from_email_address, to_email_address, **kwargs) -> None:
    """In the transaction that confirms the new address."""
    if from_email_address is not None:
        carry_over(user, old=from_email_address.email, new=to_email_address.email)
        forget_sent(from_email_address.email)


@receiver(password_reset)
def on_password_reset(request, user, **kwargs) -> None:
    """Whoever had to set a new password did not ask for another address a moment before."""
    EmailAddress.objects.filter(user=user, verified=False, primary=False).delete()
