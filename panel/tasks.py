"""Celery tasks: each calls one act."""

from celery import shared_task

from owed.nudging import allow_next_nudge

from .bulk import executing
from .workbooks import making


@shared_task(name="panel.do_bulk_acts")
def do_bulk_acts() -> None:
    allow_next_nudge(do_bulk_acts.name)
    executing.do_bulk_acts()


@shared_task(name="panel.erase_bulk_acts")
def erase_bulk_acts() -> None:
    executing.erase_bulk_acts()


@shared_task(name="panel.make_workbooks")
def make_workbooks() -> None:
    allow_next_nudge(make_workbooks.name)
    making.make_due()


@shared_task(name="panel.erase_workbooks")
def erase_workbooks() -> None:
    making.erase_workbooks()
