"""What the worker does for the knowledge base by itself."""

from celery import shared_task
from django.utils import timezone

from .editing.dead_links import check_due_links, collect_links
from .editing.letters import remind_of_reviews, tell_editors


@shared_task(name="procedures.collect_links")
def collect() -> None:
    collect_links()


@shared_task(name="procedures.check_links")
def check() -> None:
    check_due_links()


@shared_task(name="procedures.remind_of_reviews")
def remind() -> None:
    remind_of_reviews(timezone.localdate())


@shared_task(name="procedures.tell_editors")
def tell() -> None:
    tell_editors(timezone.localdate())
