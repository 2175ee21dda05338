"""Public pages of the texts: the one in force, any other version, and the archive."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from .archive import archive
from .markdown import rendered
from .models import Kind, Version


def rules(request: HttpRequest, number: str | None = None) -> HttpResponse:
    return page(request, Kind.RULES, number)


def clause(request: HttpRequest, number: str | None = None) -> HttpResponse:
    return page(request, Kind.CLAUSE, number)


def accessibility(request: HttpRequest, number: str | None = None) -> HttpResponse:
    return page(request, Kind.ACCESSIBILITY, number)


def page(request: HttpRequest, kind: str, number: str | None) -> HttpResponse:
    """The version ``number`` (None: the one in force) of a kind; 404 for one never published."""
    version = find(kind, number)
    entries = archive(kind)
    context = {
        "version": version,
        "entry": next(entry for entry in entries if entry.version == version),
        "archive": entries,
        "html": rendered(version.body),
        "generated_at": timezone.now(),
        "kind": kind,
    }
    return render(request, "regulations/version.html", context)


def find(kind: str, number: str | None) -> Version:
    if number is not None:
        return get_object_or_404(Version.objects.published(), kind=kind, number=number)
    try:
        return Version.objects.in_force(kind)
    except Version.DoesNotExist as missing:
        raise Http404 from missing
