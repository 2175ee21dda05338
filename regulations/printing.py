"""A version as a tagged PDF (PDF/UA), with the date of generation on every page."""

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from web.markdown import render_markdown
from web.printing import write_pdf

from .archive import ArchiveEntry

_KEPT_SECONDS = 24 * 3600


def pdf_of(entry: ArchiveEntry) -> bytes:
    """The PDF, made once a day for each version and state: the dates it prints depend on both."""
    day = timezone.localdate()
    key = f"regulations.pdf.{entry.version.pk}.{entry.state}.{day:%Y%m%d}"
    kept = cache.get(key)
    if kept is not None:
        return kept
    # The text is binding in Polish, so what is printed around it is Polish too.
    with override("pl"):
        html = render_to_string(
            "regulations/print.html",
            {
                "version": entry.version,
                "entry": entry,
                "html": render_markdown(entry.version.body),
                "generated_at": timezone.now(),
            },
        )
    made = write_pdf(html)
    cache.set(key, made, _KEPT_SECONDS)
    return made
