"""Celery tasks: each calls one act."""

from celery import shared_task

from .summary import folding, recounting


@shared_task(name="maps.fold_due")
def fold_due() -> None:
    folding.fold_due()


@shared_task(name="maps.repair_summary")
def repair_summary() -> None:
    """It writes to the log if anything was wrong."""
    recounting.repair()
