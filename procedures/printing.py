"""A card as a tagged PDF (PDF/UA), with the date of generation on every page."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import structlog
from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from web.markdown import render_markdown
from web.printing import write_pdf

from .illustrations import shown_pictures
from .models import Picture
from .public import PublicCard, picture_url

_STYLE = Path(__file__).with_name("print.css")
_log = structlog.get_logger(__name__)
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
    illustrations = version.illustrations.all()
    shown = shown_pictures(illustrations, _paper_url)
    files = dict(_files_of(one.picture for one in illustrations))
    with override("pl"):
        html = render_to_string(
            "procedures/print.html",
            {
                "card": card,
                "version": version,
                "facts": card.facts,
                "html": {name: render_markdown(getattr(version, name), shown) for name in _TEXTS},
                "steps": [render_markdown(step, shown) for step in card.steps],
                "address": settings.SITE_URL + card.url,
                "office": settings.CITY_OFFICE,
                "generated_at": timezone.now(),
            },
        )
    made = write_pdf(html, _STYLE, pictures=files)
    cache.set(key, made, _KEPT_SECONDS)
    return made


def _paper_url(picture: Picture) -> str:
    return settings.SITE_URL + picture_url(picture)


def _files_of(pictures: Iterable[Picture]) -> Iterator[tuple[str, bytes]]:
    """What is under the address of each; one whose file is lost is left out of the paper."""
    for picture in pictures:
        try:
            with picture.file.open("rb") as file:
                yield _paper_url(picture), file.read()
        except FileNotFoundError:
            _log.warning("picture_file_missing", picture=picture.pk)
