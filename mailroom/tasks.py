"""Celery tasks: each calls one act."""

from celery import shared_task

from owed.nudging import allow_next_nudge

from . import fetching, retention, taking


@shared_task(name="mailroom.fetch_replies")
def fetch_replies() -> None:
    fetching.fetch_replies()


@shared_task(name="mailroom.take_replies")
def take_replies() -> None:
    allow_next_nudge(take_replies.name)
    taking.take_due()


@shared_task(name="mailroom.erase_old")
def erase_old() -> None:
    retention.erase_old()
