"""A version as a tagged PDF (PDF/UA), with the date of generation on every page."""

from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from .archive import ArchiveEntry
from .markdown import render_markdown

_STYLE = Path(__file__).with_name("print.css")
_KEPT_SECONDS = 24 * 3600


class FetchRefused(Exception):
    """A text named a file to fetch while it was printed; texts consist of words only."""


def pdf_of(entry: ArchiveEntry) -> bytes:
    """The PDF, made once a day for each version and state: the dates it prints depend on both."""
    day = timezone.localdate()
    key = f"regulations.pdf.{entry.version.pk}.{entry.state}.{day:%Y%m%d}"
    kept = cache.get(key)
    if kept is not None:
        return kept
    # Imported here because it takes time and memory that nothing else needs. It brings Pillow
    # along, which opens nothing here: the texts consist of words, and nothing is fetched for them.
    from weasyprint import CSS, HTML

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
    style = CSS(filename=_STYLE, url_fetcher=refuse_to_fetch)
    document = HTML(string=html, url_fetcher=refuse_to_fetch)
    made = document.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
    cache.set(key, made, _KEPT_SECONDS)
    return made


def refuse_to_fetch(url: str, *_arguments: Any, **_options: Any) -> dict:
    """WeasyPrint calls this for every address in a text. Raises ``FetchRefused``."""
    raise FetchRefused(url)
