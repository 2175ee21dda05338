"""Celery tasks: each calls one act."""

from celery import shared_task

from .inquiries import forgetting


@shared_task(name="pages.erase_inquiries")
def erase_inquiries() -> None:
    forgetting.erase_old_inquiries()
