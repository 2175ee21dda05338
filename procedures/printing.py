"""A card as a tagged PDF (PDF/UA), with the date of generation on every page."""

from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from web.markdown import render_markdown
from web.printing import write_pdf

from .public import PublicCard

_STYLE = Path(__file__).with_name("print.css")
_KEPT_SECONDS = 24 * 3600
_TEXTS = ("summary", "handling", "place", "exemptions", "appeal")


def pdf_of(card: PublicCard) -> bytes:
    """The PDF, made once a day for each version, because it prints the day. It is Polish, as the
    card is.
    """
    version = card.version
    key = f"procedures.pdf.{version.pk}.{version.edits}.{timezone.localdate():%Y%m%d}"
    kept = cache.get(key)
    if kept is not None:
        return kept
    with override("pl"):
        html = render_to_string(
            "procedures/print.html",
            {
                "card": card,
                "version": version,
                "facts": card.facts,
                "html": {name: render_markdown(getattr(version, name)) for name in _TEXTS},
                "steps": [render_markdown(step) for step in card.steps],
                "address": settings.SITE_URL + card.url,
                "office": settings.CITY_OFFICE,
                "generated_at": timezone.now(),
            },
        )
    made = write_pdf(html, _STYLE)
    cache.set(key, made, _KEPT_SECONDS)
    return made
