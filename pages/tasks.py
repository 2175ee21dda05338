"""Celery tasks: each calls one act."""

from celery import shared_task

from . import counting


@shared_task(name="pages.count_reports")
def count_reports() -> None:
    counting.count_reports()
