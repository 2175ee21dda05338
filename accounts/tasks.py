"""Celery tasks. Each calls the acts that are due."""

from celery import shared_task
from django.core.management import call_command

from . import confirming
from .rules import announcing, reminding
from .sessions import forget_ended_sessions


@shared_task(name="accounts.tell_of_rules")
def tell_of_rules() -> None:
    announcing.announce_rules()


@shared_task(name="accounts.remind_of_rules")
def remind_of_rules() -> None:
    reminding.send_reminders()
    reminding.close_undecided()


@shared_task(name="accounts.erase_unconfirmed")
def erase_unconfirmed() -> None:
    confirming.erase_unconfirmed()
    confirming.erase_late_changes()
    call_command("clearsessions")
    forget_ended_sessions()
