"""A version as a tagged PDF (PDF/UA), with the date of generation on every page."""

from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from PIL import ImageFile

from .archive import Entry
from .markdown import rendered

_STYLE = Path(__file__).with_name("print.css")
_KEPT_SECONDS = 24 * 3600


class NothingOutside(Exception):
    """A text asked for a file while it was printed; texts consist of words only."""


def pdf_of(entry: Entry) -> bytes:
    """Made once a day for each version and state: what it says about dates changes with them."""
    day = timezone.localdate()
    key = f"regulations.pdf.{entry.version.pk}.{entry.state}.{day:%Y%m%d}"
    made = cache.get(key)
    if made is None:
        made = make(entry)
        cache.set(key, made, _KEPT_SECONDS)
    return made


def make(entry: Entry) -> bytes:
    # Takes time and memory that only this needs.
    from weasyprint import CSS, HTML

    # It tells Pillow for the whole process to take truncated pictures; photos must be whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    # The text binds in Polish, so what stands around it is Polish too.
    with override("pl"):
        html = render_to_string(
            "regulations/print.html",
            {
                "version": entry.version,
                "entry": entry,
                "html": rendered(entry.version.body),
                "generated_at": timezone.now(),
            },
        )
    document = HTML(string=html, url_fetcher=refuse)
    return document.write_pdf(
        stylesheets=[CSS(filename=_STYLE, url_fetcher=refuse)], pdf_variant="pdf/ua-1"
    )


def refuse(url: str, *_arguments: Any, **_options: Any) -> dict:
    raise NothingOutside(url)
