"""When each published version was in force. Nothing here writes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from .models import Version


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """A published version and the moment (UTC) at which the next one replaces it, if any does."""

    version: Version
    in_force_until: datetime | None

    @property
    def state(self) -> str:
        """``coming``, ``current`` or ``past``."""
        now = timezone.now()
        if self.version.in_force_from > now:
            return "coming"
        return "past" if self.in_force_until and self.in_force_until <= now else "current"

    @property
    def last_day(self) -> date | None:
        """The last day (Europe/Warsaw) on which the version is in force; None without an end."""
        if self.in_force_until is None:
            return None
        return timezone.localdate(self.in_force_until) - timedelta(days=1)

    @property
    def url(self) -> str:
        return reverse(f"regulations:{self.version.kind}-version", args=[self.version.number])

    @property
    def pdf_url(self) -> str:
        return reverse(f"regulations:{self.version.kind}-pdf", args=[self.version.number])

    def changes_url(self, since: Version) -> str:
        """The page of what this version changed since the version ``since``."""
        numbers = [self.version.number, since.number]
        return reverse(f"regulations:{self.version.kind}-differences", args=numbers)


def archive_entries(kind: str) -> list[ArchiveEntry]:
    """All published versions of a kind, the newest first. One query."""
    entries: list[ArchiveEntry] = []
    next_from = None
    for version in Version.objects.published().filter(kind=kind):
        entries.append(ArchiveEntry(version, in_force_until=next_from))
        next_from = version.in_force_from
    return entries
