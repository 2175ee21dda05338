"""What allauth tells us."""

from allauth.account.signals import email_changed
from django.dispatch import receiver

from .choosing import carry_over


@receiver(email_changed)
def on_email_changed(request, user, from_email_address, to_email_address, **kwargs) -> None:
    """In the transaction that confirms the new address."""
    if from_email_address is not None:
        carry_over(user, old=from_email_address.email, new=to_email_address.email)
