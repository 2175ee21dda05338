"""The daily letter to each who follows a part of the city in which something changed."""

from django.db import transaction
from django.utils import timezone

from reports.models import Report

from .letters import owe_digest
from .matching import match_due
from .models import Watch, WatchLine

# So many reports name a letter; the map shows the others.
_MOST = 20


def send_digests() -> int:
    """Owe one letter to each for whom lines wait and who had none today; returns how many.

    Killed anywhere, nobody gets two or none: a letter and the end of its lines are one transaction.
    """
    match_due()
    waiting = WatchLine.objects.exclude(watch__told_on=timezone.localdate())
    watches = list(waiting.order_by("watch").values_list("watch", flat=True).distinct())
    return sum(_send_digest(pk) for pk in watches)


@transaction.atomic
def _send_digest(pk: int) -> int:
    """0 if another worker is writing the letter, or there is nothing to tell any more."""
    today = timezone.localdate()
    mine = Watch.objects.hearing().filter(pk=pk).exclude(told_on=today)
    watch = mine.select_for_update(skip_locked=True, no_key=True).first()
    if watch is None:
        return 0
    lines = dict(watch.lines.values_list("pk", "report"))
    WatchLine.objects.filter(pk__in=lines).delete()
    changed = Report.objects.public().filter(pk__in=lines.values())
    named = changed.select_related("category", "district")
    named = named.defer("district__boundary", "district__outline")
    reports = list(named.order_by("-updated_at", "-id")[:_MOST])
    if not reports:
        return 0
    owe_digest(watch, reports, further=changed.count() - len(reports))
    Watch.objects.filter(pk=pk).update(told_on=today)
    return 1
