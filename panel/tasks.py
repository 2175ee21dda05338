"""Celery tasks: each calls one act."""

from celery import shared_task

from owed.nudging import allow_next_nudge

from .bulk import executing


@shared_task(name="panel.do_bulk_acts")
def do_bulk_acts() -> None:
    allow_next_nudge(do_bulk_acts.name)
    executing.do_bulk_acts()


@shared_task(name="panel.erase_bulk_acts")
def erase_bulk_acts() -> None:
    executing.erase_bulk_acts()
