"""Celery tasks: each calls one act."""

from celery import shared_task

from owed.nudging import allow_next_nudge

from .editions.checking import check_due


@shared_task(name="districts.check_editions")
def check_editions() -> None:
    allow_next_nudge(check_editions.name)
    check_due()
