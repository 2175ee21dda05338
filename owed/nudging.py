"""A nudge: one task queued for speed, once what it should find is committed.

Losing a nudge loses nothing, because beat sweeps for owed rows. So a nudge never fails a request:
without the broker it logs a line and goes on, and for a while does not even try.

Tasks are named, not imported: a task calls the act, and the act nudges the task, so an import would
close a circle. A test checks that every name that is nudged belongs to a task.
"""

from functools import cache

import redis
import structlog
from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from .breaker import Breaker

# A task that was queued and has not begun stands for all nudges of the next five seconds.
PENDING_MS = 5_000
# Seconds between a nudge and its task, which then finds a batch. In a rush a task for every few
# rows took a quarter of the machine.
GATHERING = 0.2

breaker = Breaker(seconds=5)
_log = structlog.get_logger(__name__)


def nudge(name: str, *, after: float = GATHERING) -> None:
    """Queue the task ``name`` when the current transaction commits, unless it is queued already.
    ``after``: seconds until what it should find is due.
    """
    transaction.on_commit(lambda: send_nudge(name, after=after))


def send_nudge(name: str, *, after: float = GATHERING) -> None:
    """Queue the task ``name`` now, unless it is queued already. Never fails."""
    if breaker.is_tripped:
        return
    try:
        if broker().set(pending_key(name), 1, nx=True, px=PENDING_MS):
            current_app.send_task(name, retry=False, ignore_result=True, countdown=after)
    except (redis.RedisError, OperationalError, OSError) as fault:
        breaker.trip()
        _log.warning("nudge_lost", task=name, fault=type(fault).__name__)


def allow_next_nudge(name: str) -> None:
    """Called by the task ``name`` before all else: what is committed from now on needs a new nudge.

    Does not fail without the broker: the next nudge is then allowed after ``PENDING_MS``.
    """
    try:
        broker().delete(pending_key(name))
    except redis.RedisError as fault:
        _log.warning("nudge_not_cleared", task=name, fault=type(fault).__name__)


@cache
def broker() -> redis.Redis:
    """One pool of connections a process. Each operation may take a second at most."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1, retry=None
    )


def pending_key(name: str) -> str:
    """The key in Redis that exists while a nudge of the task ``name`` is pending."""
    return f"nudge:{name}"
