"""A nudge: one task queued for speed, once what it should find is committed.

Losing a nudge loses nothing, because beat sweeps for owed rows. So a nudge never fails a request:
without the broker it logs a line and goes on, and for a while does not even try.
"""

from functools import cache

import redis
import structlog
from celery import Task
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from .breaker import Breaker

# A task that has been queued and not begun stands for all nudges of that time.
PENDING_MS = 5_000

breaker = Breaker(seconds=5)
log = structlog.get_logger(__name__)


@cache
def connection() -> redis.Redis:
    """One pool of connections a process; a second at most for anything."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1, retry=None
    )


def nudge(task: Task) -> None:
    """Queue ``task`` when the current transaction commits, unless it is queued already."""
    transaction.on_commit(lambda: queue(task))


def queue(task: Task) -> None:
    if breaker.is_tripped:
        return
    try:
        if connection().set(pending(task), 1, nx=True, px=PENDING_MS):
            task.apply_async(retry=False)
    except (redis.RedisError, OperationalError, OSError) as fault:
        breaker.trip()
        log.warning("nudge_lost", task=task.name, fault=type(fault).__name__)


def begin(task: Task) -> None:
    """Called first by the task itself: what is committed from now on needs a new nudge."""
    try:
        connection().delete(pending(task))
    except redis.RedisError as fault:
        log.warning("nudge_not_cleared", task=task.name, fault=type(fault).__name__)


def pending(task: Task) -> str:
    return f"nudge:{task.name}"
