"""Pages on paper: HTML becomes a tagged PDF (PDF/UA) that any reader of screens can read."""

from collections.abc import Mapping
from pathlib import Path

_PAPER = Path(__file__).with_name("paper.css")


# Of a picture on paper: as much as an office printer shows.
_DOTS_PER_INCH = 150


def write_pdf(
    html: str, style: Path | None = None, *, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of ``html``, a whole document with ``lang`` and a title, in the style of all PDFs
    (``paper.css``); ``style``: a file of CSS with what this document adds. A drawing is an ``svg``
    element whose ``title`` is read out. Nothing is fetched: an address in the text stays an
    address, and an image is left out unless ``pictures`` holds what is under its address. They are
    decoded in this process, so only files that we have encoded may be given.
    """
    # Imported here because it takes time and memory that nothing else needs. It brings Pillow
    # along, which opens nothing here.
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    given = pictures or {}

    class OnlyGiven(URLFetcher):
        def fetch(self, url, headers=None):
            if url in given:
                return URLFetcherResponse(url, given[url])
            return super().fetch(url, headers)

    nothing = OnlyGiven(allowed_protocols=())
    styles = [_PAPER, style] if style else [_PAPER]
    sheets = [CSS(string=one.read_text(), url_fetcher=nothing) for one in styles]
    document = HTML(string=html, url_fetcher=nothing)
    return document.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1", dpi=_DOTS_PER_INCH)
