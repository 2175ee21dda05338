"""What the accounts room asks of this one."""

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import collecting, leaving

from .collecting import add_reports
from .leaving import let_go


@receiver(leaving)
def on_leaving(user: User, keep_texts: bool, **kwargs: object) -> None:
    let_go(user, keep_texts=keep_texts)


@receiver(collecting)
def on_collecting(user: User, archive, **kwargs: object) -> None:
    add_reports(user, archive)
