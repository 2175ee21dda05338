"""Answers signals of accounts: somebody closes the account, or asks for their data."""

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import collecting, leaving

from .collecting import add_reports
from .leaving import release_reports


@receiver(leaving)
def on_leaving(user: User, keep_texts: bool, **kwargs: object) -> None:
    release_reports(user, keep_texts=keep_texts)


@receiver(collecting)
def on_collecting(user: User, archive, **kwargs: object) -> None:
    add_reports(user, archive)
