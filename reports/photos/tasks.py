"""Celery tasks about photos: each calls one act."""

from celery import shared_task

from owed.nudging import allow_next_nudge

from . import processing, retention


# A turn begins no photo after two minutes, and one photo takes at most PHOTO_SECONDS.
@shared_task(name="reports.process_photos", soft_time_limit=300, time_limit=330)
def process_photos() -> None:
    allow_next_nudge(process_photos.name)
    processing.process_due()


@shared_task(name="reports.erase_unattached_photos")
def erase_unattached_photos() -> None:
    retention.erase_unattached()
