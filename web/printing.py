"""Pages on paper: HTML becomes a tagged PDF (PDF/UA) that any reader of screens can read."""

from pathlib import Path


def write_pdf(html: str, style: Path) -> bytes:
    """The PDF of ``html``, a whole document with ``lang`` and a title; ``style``: a file of CSS.
    A drawing is an ``svg`` element whose ``title`` is read out. Nothing is fetched: an address in
    the text stays an address, and an image is left out.
    """
    # Imported here because it takes time and memory that nothing else needs. It brings Pillow
    # along, which opens nothing here.
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    nothing = URLFetcher(allowed_protocols=())
    sheet = CSS(string=style.read_text(), url_fetcher=nothing)
    document = HTML(string=html, url_fetcher=nothing)
    return document.write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")
