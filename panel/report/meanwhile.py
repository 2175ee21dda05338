"""What happened to a report since somebody opened its page."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.timezone import is_aware

from accounts.models import AuditEntry
from reports.models import Report, ReportWord, StatusChange

_MOST = 20


@dataclass(frozen=True, slots=True)
class Event:
    """``what``: what was done; ``text``: what was said, as everybody reads it. ``who``: empty for
    the portal itself and for the sender.
    """

    at: datetime
    who: str
    what: Promise | str
    text: str = ""


def events_since(report: Report, loaded: str) -> list[Event]:
    """What was done after ``loaded`` (ISO 8601, as the page carries it), the earliest first; none
    if that is no instant.
    """
    since = _instant(loaded)
    if since is None:
        return []
    steps = report.changes.filter(at__gt=since).select_related("by")[:_MOST]
    rows = AuditEntry.objects.filter(
        target_type=Report._meta.label_lower, target_id=str(report.pk), at__gt=since
    ).exclude(action=ReportWord.STATUS_CHANGED)
    words = dict(ReportWord.choices)
    events = [_as_event(step) for step in steps] + [
        Event(row.at, _name(row.actor), words.get(row.action, row.action))
        for row in rows.select_related("actor")[:_MOST]
    ]
    return sorted(events, key=lambda event: event.at)


def _instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and is_aware(found) else None


def _as_event(step: StatusChange) -> Event:
    return Event(step.at, _name(step.by), step.get_status_display(), step.note)


def _name(person) -> str:
    return (person.get_full_name() or person.get_username()) if person else ""
