"""Celery tasks: each calls one act."""

from celery import shared_task

from owed.nudging import allow_next_nudge

from .editions.checking import check_due
from .editions.uploading import erasing, processing


@shared_task(name="districts.check_editions")
def check_editions() -> None:
    allow_next_nudge(check_editions.name)
    check_due()


@shared_task(name="districts.open_uploads")
def open_uploads() -> None:
    allow_next_nudge(open_uploads.name)
    processing.process_due()


@shared_task(name="districts.erase_old_uploads")
def erase_old_uploads() -> None:
    erasing.erase_old_uploads()
