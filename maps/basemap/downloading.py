"""Downloads the region's OpenStreetMap extract; a break costs only what had not come yet."""

from collections.abc import Callable
from hashlib import md5
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.translation import gettext as _

from .errors import BasemapError

# How often in a row the connection may break without a byte in between.
_TRIES = 3
_TIMEOUT = 30  # seconds
_CHUNK = 256 * 1024
Progress = Callable[[int, int], None]


class _ConnectionBroke(Exception):
    pass


def download_extract(folder: Path, progress: Progress) -> Path:
    """The extract at ``BASEMAP_EXTRACT_URL`` in ``folder``, as whole as its publisher's checksum
    says; at once if it is there already. ``progress(bytes, of_bytes)`` is called as it comes.

    What came before a break is kept under the checksum of the whole, so that parts of two releases
    never meet. Raises ``BasemapError`` that says what to do without a network.
    """
    url = settings.BASEMAP_EXTRACT_URL
    if urlsplit(url).scheme not in ("http", "https"):
        raise BasemapError(_("BASEMAP_EXTRACT_URL nie jest adresem http ani https."))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with _open(Request(f"{url}.md5")) as answer:  # noqa: S310 (checked above)
            checksum = answer.read(4096).decode("ascii", "replace").split()[0].lower()
    except (OSError, HTTPException, IndexError) as wrong:
        raise _offline(url, wrong) from wrong
    if len(checksum) != 32 or not checksum.isalnum():
        raise _offline(url, _("pod adresem .md5 nie ma sumy kontrolnej"))
    whole, part = folder / f"{checksum}.osm.pbf", folder / f"{checksum}.part"
    if whole.is_file():
        return whole
    _fetch(url, part, progress)
    if _digest(part) != checksum:
        part.unlink()
        raise BasemapError(
            _("Pobrany plik ma inną sumę kontrolną niż podana. Uruchom jeszcze raz.")
        )
    part.replace(whole)
    for old in folder.iterdir():
        if old != whole:
            old.unlink(missing_ok=True)
    return whole


def _fetch(url: str, part: Path, progress: Progress) -> None:
    tries = _TRIES
    while True:
        before = _size(part)
        try:
            return _fetch_rest(url, part, progress)
        except (OSError, HTTPException, _ConnectionBroke) as wrong:
            tries = _TRIES if _size(part) > before else tries - 1
            is_refused = isinstance(wrong, HTTPError) and wrong.code < 500
            if not tries or is_refused:
                raise _offline(url, wrong) from wrong


def _fetch_rest(url: str, part: Path, progress: Progress) -> None:
    have = _size(part)
    request = Request(url, headers={"Range": f"bytes={have}-"} if have else {})  # noqa: S310 (checked by the caller)
    try:
        answer = _open(request)
    except HTTPError as refusal:
        # Everything had come, and only the end of the answer was missed.
        if refusal.code == 416 and have:
            return
        raise
    with answer:
        # A server that knows no ranges sends all of it again.
        have = have if answer.status == 206 else 0
        left = int(answer.headers.get("Content-Length") or 0)
        of_bytes = have + left
        with part.open("ab" if have else "wb") as file:
            while chunk := answer.read(_CHUNK):
                file.write(chunk)
                have += len(chunk)
                progress(have, of_bytes)
    if left and have < of_bytes:
        raise _ConnectionBroke(_("połączenie się urwało"))


def _open(request: Request):
    return urlopen(request, timeout=_TIMEOUT)  # noqa: S310 (the scheme is checked above)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _digest(path: Path) -> str:
    digest = md5(usedforsecurity=False)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _offline(url: str, reason: object) -> BasemapError:
    words = _(
        "Nie udało się pobrać %(url)s (%(reason)s).\n"
        "To, co już przyszło, zostaje: następne uruchomienie pobierze resztę.\n"
        "Bez internetu pobierz ten plik na innym komputerze i przenieś go tutaj. Potem uruchom\n"
        "    bin/basemap ŚCIEŻKA/DO/%(name)s\n"
        "Gotowy podkład (PMTiles, schemat Protomaps) przyjmie\n"
        "    manage.py import_basemap ŚCIEŻKA/DO/PLIKU.pmtiles"
    )
    name = urlsplit(url).path.rpartition("/")[2] or "PLIK.osm.pbf"
    return BasemapError(words % {"url": url, "reason": reason, "name": name})
