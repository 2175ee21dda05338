"""Public pages of the texts: the one in force, any other version, the archive, PDF, changes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .archive import Entry, archive
from .differing import differences as differences_between
from .markdown import rendered
from .models import Version
from .printing import pdf_of


@require_safe
def page(request: HttpRequest, kind: str, number: str | None = None) -> HttpResponse:
    """The version ``number`` (None: the one in force) of a kind; 404 for one never published."""
    version = _find(kind, number)
    entries = archive(kind)
    entry = _entry_of(version, entries)
    context = {
        "version": version,
        "entry": entry,
        "changes": _changes_of(entry, entries),
        "archive": entries,
        "html": rendered(version.body),
        "generated_at": timezone.now(),
        "kind": kind,
    }
    return render(request, "regulations/version.html", context)


@require_safe
def pdf(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    entry = _entry_of(_find(kind, number), archive(kind))
    response = HttpResponse(pdf_of(entry), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{kind}-{entry.version.number}.pdf"'
    return response


@require_safe
def differences(request: HttpRequest, kind: str, number: str, since: str) -> HttpResponse:
    """What the version ``number`` changed since the version ``since``."""
    old, new = _find(kind, since), _find(kind, number)
    paragraphs = differences_between(old.body, new.body)
    context = {
        "old": old,
        "new": new,
        "paragraphs": paragraphs,
        "changes": [paragraph for paragraph in paragraphs if paragraph.number],
    }
    return render(request, "regulations/differences.html", context)


def _find(kind: str, number: str | None) -> Version:
    if number is not None:
        return get_object_or_404(Version.objects.published(), kind=kind, number=number)
    try:
        return Version.objects.in_force(kind)
    except Version.DoesNotExist as missing:
        raise Http404 from missing


def _entry_of(version: Version, entries: list[Entry]) -> Entry:
    return next(entry for entry in entries if entry.version == version)


def _changes_of(entry: Entry, entries: list[Entry]) -> list[tuple[Version, str]]:
    """Every other version, newest first, with the address of what ``entry`` changed since it."""
    others = [other.version for other in entries if other is not entry]
    return [(other, entry.changes_url(other)) for other in others]
