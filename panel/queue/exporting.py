"""All that a list selects as a file, CSV or GeoJSON, sent while it is read.

The keys are read first, in the order of the list: eight bytes a report. The rows then follow in
batches, so that each report stands there once, whatever comes and changes meanwhile, and no more
than one batch is in memory. The file says no more of a report than a row of the list does: nothing
of the sender and none of their words.
"""

from array import array
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson
from django.db.models import F
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_safe

from accounts.access import PersonRequest
from districts.describing import place_in_words
from maps.time_limit import read_within
from reports.geojson import feature, feature_rows
from reports.models import Status
from web.errors import PortalError
from web.spreadsheets import csv_begin, csv_rows

from .listing import places_of
from .rooms import Desk, Room, desk_of
from .selection import Selection, read_selection

# Reports of one statement, and of one piece of the answer.
_BATCH = 1_000
# Milliseconds. Whoever waits for a file waits longer than for a page.
_LONGEST = 20_000


class TooManyToRead(PortalError):
    code = "too_many_to_read"
    status = 422
    detail = gettext_lazy("Tylu zgłoszeń nie zdążymy przejrzeć. Wybierz mniej filtrów.")


def file_page(room: Room, kind: str):
    """``kind``: "csv", with times in Europe/Warsaw and coordinates in EPSG:4326, or "geojson", a
    FeatureCollection (RFC 7946) with times in UTC.
    """
    write, content_type = _KINDS[kind]

    @require_safe
    @room.require
    def view(request: PersonRequest) -> StreamingHttpResponse:
        desk, keys = _select(request, room)
        pieces = write(desk, keys, request.LANGUAGE_CODE)
        response = StreamingHttpResponse(pieces, content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="zgloszenia.{kind}"'
        return response

    return view


def _select(request: PersonRequest, room: Room) -> tuple[Desk, array]:
    desk = desk_of(request.user, room)
    return desk, select_keys(desk, read_selection(request.GET, room.scopes))


def select_keys(desk: Desk, selection: Selection) -> array:
    """The keys of all selected reports, in the order of the list. Raises ``TooManyToRead``."""
    keys = read_within(_LONGEST, lambda: keys_of(desk, selection))
    if keys is None:
        raise TooManyToRead
    return keys


def keys_of(desk: Desk, selection: Selection) -> array:
    """As ``select_keys``, however long it takes."""
    found = selection.filter(desk.reports, desk.user)
    keys = places_of(found, selection.sorted_by, None).values_list("id", flat=True)
    return array("q", keys.iterator(chunk_size=10_000))


def batches(desk: Desk, keys: array) -> Iterator[list[dict[str, Any]]]:
    """The rows of the reports with these keys. One that ``desk.user`` may see no longer when its
    batch is read is left out.
    """
    for begin in range(0, len(keys), _BATCH):
        yield _rows_of(desk, keys[begin : begin + _BATCH].tolist())


def _rows_of(desk: Desk, keys: list[int]) -> list[dict[str, Any]]:
    rows = feature_rows(
        desk.reports.filter(pk__in=keys).order_by(),
        key=F("pk"),
        sent=F("created_at"),
        changed=F("updated_at"),
        expected=F("expected_by"),
        stopped=F("asked_on"),
        again=F("called_again_at"),
        hidden=F("is_hidden"),
        around=F("near"),
        matter=F("category__name"),
        osiedle=F("district__name"),
        borough=F("district__borough"),
        who=F("unit__short_name"),
    )
    found = {row["key"]: row for row in rows}
    return [found[key] for key in keys if key in found]


def _csv(desk: Desk, keys: array, language: str) -> Iterator[bytes]:
    # Each piece may be made by another thread, which has no language of its own.
    with override(language):
        piece = csv_begin(headings())
    yield piece.encode()
    for rows in batches(desk, keys):
        with override(language):
            labels = Labels()
            piece = csv_rows(cells_of(row, labels) for row in rows)
        yield piece.encode()


def headings() -> list[str]:
    return [
        _("Numer"),
        _("Kod kategorii"),
        _("Kategoria"),
        _("Status"),
        _("Zgłoszono"),
        _("Ostatnia zmiana"),
        _("Spodziewana odpowiedź"),
        _("Zegar stoi od"),
        _("Drugie wezwanie"),
        _("Osiedle"),
        _("Dzielnica"),
        _("Zajmuje się"),
        _("Miejsce"),
        _("Ukryte"),
        _("Długość geograficzna"),
        _("Szerokość geograficzna"),
    ]


class Labels:
    """What many rows say, in the language that is active: looked up once."""

    def __init__(self) -> None:
        self.statuses = {status.value: str(status.label) for status in Status}
        self.hidden = {True: _("tak"), False: _("nie")}


def cells_of(row: dict[str, Any], labels: Labels) -> list[object]:
    """One row of ``batches``; instants in Europe/Warsaw, as a table has them."""
    return [
        row["reference"],
        row["code"],
        row["matter"],
        labels.statuses[row["status"]],
        _local(row["sent"]),
        _local(row["changed"]),
        row["expected"],
        row["stopped"],
        row["again"] and _local(row["again"]),
        row["osiedle"],
        row["borough"],
        row["who"],
        place_in_words(row["around"], row["osiedle"]),
        labels.hidden[row["hidden"]],
        row["x"],
        row["y"],
    ]


def _local(instant: datetime) -> datetime:
    return timezone.localtime(instant).replace(tzinfo=None)


def _geojson(desk: Desk, keys: array, language: str) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":['
    between = b""
    for rows in batches(desk, keys):
        with override(language):
            piece = b",".join(orjson.dumps(_feature(row)) for row in rows)
        if piece:
            yield between + piece
            between = b","
    yield b"]}"


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    """What the maps draw of a report, and what else the list says of it."""
    drawn = feature(row)
    drawn["properties"] |= {
        "expected_by": row["expected"],
        "asked_on": row["stopped"],
        "called_again_at": row["again"],
        "district": row["osiedle"],
        "borough": row["borough"],
        "unit": row["who"],
        "place": place_in_words(row["around"], row["osiedle"]),
        "is_hidden": row["hidden"],
    }
    return drawn


_KINDS = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "geojson": (_geojson, "application/geo+json"),
}
