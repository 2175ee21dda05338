"""Celery tasks: each calls one act."""

from celery import shared_task

from owed.nudging import allow_next_nudge

from . import retention, sending


@shared_task(name="outbox.send_due")
def send_due() -> None:
    allow_next_nudge(send_due.name)
    sending.send_due()


@shared_task(name="outbox.erase_old")
def erase_old() -> None:
    retention.erase_old()
