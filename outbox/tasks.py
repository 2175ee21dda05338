"""Celery's doors: each calls one act."""

from celery import shared_task

from owed.nudging import begin

from . import retention, sending


@shared_task(name="outbox.send_due")
def send_due() -> None:
    begin(send_due)
    sending.send_due()


@shared_task(name="outbox.erase_old")
def erase_old() -> None:
    retention.erase_old()
