"""Everything that happened to one report, in order: sent, photographed, answered, judged."""

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
    """All events, oldest first. Own photos as soon as they are ready, the unit's once they are
    cleared. Photos that came with the report never stand before the report itself.
    """
    photos = [photo for photo in report.photos.all() if photo.state == Photo.State.READY]
    own = [photo for photo in photos if photo.kind == Photo.Kind.SENDER]
    sent_with_it = [photo for photo in own if photo.uploaded_at <= report.created_at]
    added_later = [photo for photo in own if photo.uploaded_at > report.created_at]
    results = [photo for photo in photos if photo.kind == Photo.Kind.RESULT and photo.is_public]
    events = [Event(row.at, change=row) for row in report.changes.select_related("unit")]
    if sent_with_it:
        events.append(Event(report.created_at, before=sent_with_it))
    if added_later:
        events.append(Event(added_later[0].uploaded_at, before=added_later))
    if results:
        events.append(Event(results[0].uploaded_at, after=results))
    events += [Event(row.at, remark=row) for row in report.remarks.all()]
    events += [Event(row.at, verdict=row) for row in report.verdicts.all()]
    return sorted(events, key=lambda event: event.at)
