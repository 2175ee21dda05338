"""Public pages of the texts: the one in force, any other version, the archive, PDF, changes."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from web.markdown import render_markdown

from .archive import archive_entries
from .differing import differences_between
from .models import Version
from .printing import pdf_of

# In the address of the Polish text, which binds: ``?tekst=pl``.
_TEXT = "tekst"


@require_safe
def page(request: HttpRequest, kind: str, number: str | None = None) -> HttpResponse:
    """The version ``number`` of a kind, or the one in force for None, in the reader's language if
    it is translated and they do not ask for the Polish text; 404 for one that was never published.
    """
    version = _version_or_404(kind, number)
    asks_for_polish = request.GET.get(_TEXT) == settings.LANGUAGE_CODE
    translation = version.translations.filter(language=get_language()).first()
    shown = version if translation is None or asks_for_polish else translation
    entries = archive_entries(kind)
    entry = next(entry for entry in entries if entry.version == version)
    others = [other.version for other in entries if other is not entry]
    context = {
        "version": version,
        "entry": entry,
        "changes": [(other, entry.changes_url(other)) for other in others],
        "archive": entries,
        "shown": shown,
        "translation": translation,
        "html": render_markdown(shown.body),
        "generated_at": timezone.now(),
        "kind": kind,
    }
    return render(request, "regulations/version.html", context)


@require_safe
def pdf(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    version = _version_or_404(kind, number)
    entry = next(entry for entry in archive_entries(kind) if entry.version == version)
    response = HttpResponse(pdf_of(entry), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{kind}-{version.number}.pdf"'
    return response


@require_safe
def differences(request: HttpRequest, kind: str, number: str, since: str) -> HttpResponse:
    """What the version ``number`` changed since the version ``since``."""
    old, new = _version_or_404(kind, since), _version_or_404(kind, number)
    paragraphs = differences_between(old.body, new.body)
    context = {
        "old": old,
        "new": new,
        "paragraphs": paragraphs,
        "changes": [paragraph for paragraph in paragraphs if paragraph.number],
    }
    return render(request, "regulations/differences.html", context)


def _version_or_404(kind: str, number: str | None) -> Version:
    if number is not None:
        return get_object_or_404(Version.objects.published(), kind=kind, number=number)
    try:
        return Version.objects.in_force(kind)
    except Version.DoesNotExist as missing:
        raise Http404 from missing
