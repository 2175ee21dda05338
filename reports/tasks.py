"""Celery tasks: each calls one act."""

from celery import shared_task

from owed.nudging import allow_next_nudge

from .dispatch import dispatching
from .handling import asking, rerouting
from .intake import category_uses
from .letters import digests, retention, work_lists
from .photos.tasks import erase_unattached_photos, process_photos
from .tallies import folding, recounting

__all__ = [
    "chase_questions",
    "count_category_uses",
    "dispatch_due",
    "erase_contacts",
    "erase_unattached_photos",
    "fold_tallies",
    "owe_work_lists",
    "process_photos",
    "repair_tallies",
    "reroute_due",
    "send_digests",
]


@shared_task(name="reports.dispatch_due")
def dispatch_due() -> None:
    allow_next_nudge(dispatch_due.name)
    dispatching.dispatch_due()


@shared_task(name="reports.reroute_due")
def reroute_due() -> None:
    allow_next_nudge(reroute_due.name)
    rerouting.reroute_due()


@shared_task(name="reports.count_category_uses")
def count_category_uses() -> None:
    category_uses.count_category_uses()


@shared_task(name="reports.chase_questions")
def chase_questions() -> None:
    asking.chase_questions()


@shared_task(name="reports.erase_contacts")
def erase_contacts() -> None:
    retention.erase_contacts()


@shared_task(name="reports.send_digests")
def send_digests() -> None:
    digests.send_digests()


@shared_task(name="reports.owe_work_lists")
def owe_work_lists() -> None:
    work_lists.owe_work_lists()


@shared_task(name="reports.fold_tallies")
def fold_tallies() -> None:
    folding.fold_due()


@shared_task(name="reports.repair_tallies")
def repair_tallies() -> None:
    """It writes to the log if anything was wrong."""
    recounting.repair()
