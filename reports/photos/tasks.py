"""Celery tasks about photos: each calls one act."""

from celery import shared_task

from owed.nudging import begin

from . import processing, retention


@shared_task(name="reports.process_photos")
def process_photos() -> None:
    begin(process_photos)
    processing.process_due()


@shared_task(name="reports.erase_unattached_photos")
def erase_unattached_photos() -> None:
    retention.erase_unattached()
