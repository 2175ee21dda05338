"""Celery tasks: each calls one act."""

from celery import shared_task

from .following import matching, retention, sending
from .summary import folding, recounting


@shared_task(name="maps.fold_due")
def fold_due() -> None:
    folding.fold_due()


@shared_task(name="maps.repair_summary")
def repair_summary() -> None:
    """It writes to the log if anything was wrong."""
    recounting.repair()


@shared_task(name="maps.match_changes")
def match_changes() -> None:
    matching.match_due()


@shared_task(name="maps.send_digests")
def send_digests() -> None:
    sending.send_digests()


@shared_task(name="maps.erase_watches")
def erase_watches() -> None:
    retention.erase_watches()
