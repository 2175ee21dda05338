"""Who is writing an answer to a report right now, so that two people do not answer at once.

It is kept in Redis for a minute after somebody last typed. Without Redis nobody is shown: an answer
is still protected by the version of the report.
"""

import time
from typing import cast

import redis
import structlog
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import PersonRequest, staff_required
from accounts.models import User
from owed.breaker import Breaker
from owed.nudging import broker
from reports.models import Report

from .page import find_report

SECONDS = 60
breaker = Breaker(seconds=15)
_log = structlog.get_logger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def answering(request: PersonRequest, reference: str) -> HttpResponse:
    """Who else answers, by name, and the version of the report; POST notes this person too."""
    report = find_report(request, reference)
    names: list[str] = []
    if not breaker.is_tripped:
        try:
            if request.method == "POST":
                note_answering(report, request.user)
            names = others_answering(report, request.user)
        except redis.RedisError as fault:
            breaker.trip()
            _log.warning("presence_unknown", fault=type(fault).__name__)
    return JsonResponse({"people": names, "version": report.version})


def note_answering(report: Report, user: User) -> None:
    """``user`` has just typed into the answer. Raises ``RedisError``."""
    broker().zadd(_key(report), {str(user.pk): time.time()})
    broker().expire(_key(report), SECONDS)


def others_answering(report: Report, user: User) -> list[str]:
    """Names of the others who typed within the last minute. Raises ``RedisError``."""
    since = time.time() - SECONDS
    found = cast("list[bytes]", broker().zrangebyscore(_key(report), since, "+inf"))
    keys = {int(key) for key in found} - {user.pk}
    people = User.objects.filter(pk__in=keys) if keys else []
    return sorted(person.get_full_name() or person.get_username() for person in people)


def _key(report: Report) -> str:
    return f"answering:{report.pk}"
