"""Celery's doors: each calls one act."""

from celery import shared_task
from django.core.management import call_command

from .confirming import erase_late_changes
from .confirming import erase_unconfirmed as erase
from .rules import announcing, reminding
from .sessions import forget_ended_sessions


@shared_task(name="accounts.tell_of_rules")
def tell_of_rules() -> None:
    announcing.tell_residents()


@shared_task(name="accounts.remind_of_rules")
def remind_of_rules() -> None:
    reminding.remind()
    reminding.close_undecided()


@shared_task(name="accounts.erase_unconfirmed")
def erase_unconfirmed() -> None:
    erase()
    erase_late_changes()
    call_command("clearsessions")
    forget_ended_sessions()
