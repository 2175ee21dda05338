"""Everything that happened to one report, in order: sent, photographed, answered, judged."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from reports.models import Photo, Remark, Report, StatusChange, Verdict


@dataclass(frozen=True, slots=True)
class Event:
    """One of: a change of status, photos before or after, the sender's remark or verdict."""

    at: datetime
    change: StatusChange | None = None
    before: list[Photo] = field(default_factory=list)
    after: list[Photo] = field(default_factory=list)
    remark: Remark | None = None
    verdict: Verdict | None = None


def timeline(report: Report) -> list[Event]:
    """Oldest first. Own photos as soon as they are ready, the unit's once they are cleared."""
    photos = [photo for photo in report.photos.all() if photo.state == Photo.State.READY]
    events = [
        *(Event(row.at, change=row) for row in report.changes.select_related("unit")),
        *_before(report, [photo for photo in photos if photo.kind == Photo.Kind.SENDER]),
        *_after(photo for photo in photos if photo.kind == Photo.Kind.RESULT and photo.is_public),
        *(Event(row.at, remark=row) for row in report.remarks.all()),
        *(Event(row.at, verdict=row) for row in report.verdicts.all()),
    ]
    return sorted(events, key=lambda event: event.at)


def _before(report: Report, photos: list[Photo]) -> list[Event]:
    """Those sent with the report, then those added later; never before the report itself."""
    first = [photo for photo in photos if photo.uploaded_at <= report.created_at]
    later = [photo for photo in photos if photo.uploaded_at > report.created_at]
    sent = [Event(report.created_at, before=first)] if first else []
    return sent + ([Event(later[0].uploaded_at, before=later)] if later else [])


def _after(photos: Iterable[Photo]) -> list[Event]:
    shown = list(photos)
    return [Event(shown[0].uploaded_at, after=shown)] if shown else []
