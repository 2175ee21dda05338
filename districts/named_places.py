"""Finds places that people call by name: parks, squares, stops, schools."""

import re

from django.contrib.gis.geos import Point
from django.db import connection

from .gazetteer import LONGEST_TEXT, FoundPlace, fold, is_begun, several_places, with_districts
from .models import District, NamedPlace

_Kind = NamedPlace.Kind
# Words for a kind are no part of the name: "park Źródliska" is "Źródliska", and rather a park.
_KIND_WORDS: dict[str, _Kind | None] = {
    "plac": _Kind.SQUARE,
    "placu": _Kind.SQUARE,
    "pl": _Kind.SQUARE,
    "skwer": _Kind.SQUARE,
    "skweru": _Kind.SQUARE,
    "skwerze": _Kind.SQUARE,
    "rondo": _Kind.ROUNDABOUT,
    "ronda": _Kind.ROUNDABOUT,
    "rondzie": _Kind.ROUNDABOUT,
    "park": _Kind.GREEN,
    "parku": _Kind.GREEN,
    "las": _Kind.GREEN,
    "lesie": _Kind.GREEN,
    "przystanek": _Kind.STOP,
    "przystanku": _Kind.STOP,
    "przyst": _Kind.STOP,
    "stacja": _Kind.STATION,
    "stacji": _Kind.STATION,
    "dworzec": _Kind.STATION,
    "dworcu": _Kind.STATION,
    "cmentarz": _Kind.CEMETERY,
    "cmentarzu": _Kind.CEMETERY,
    "szkola": _Kind.SCHOOL,
    "szkole": _Kind.SCHOOL,
    "szpital": _Kind.HEALTH,
    "szpitalu": _Kind.HEALTH,
    "kosciol": _Kind.WORSHIP,
    "kosciele": _Kind.WORSHIP,
    "nr": None,
    "numer": None,
    "im": None,
    "imienia": None,
    "pw": None,
    "przy": None,
    "na": None,
    "w": None,
}
# What people shorten is kept in its short form.
_SHORT = (
    (re.compile(r"\bszkol[aey] podstawow(?:a|ej)\b"), "sp"),
    (re.compile(r"\blice(?:um|ow) ogolnoksztalcac(?:e|ego|ym)\b"), "lo"),
    (re.compile(r"\bprzedszkol[eau] miejski(?:e|ego|m)\b|\bpm\b"), "przedszkole"),
    (re.compile(r"\brodzinn[ey](?:go)? ogrod(?:y|ow)? dzialkow[ey](?:go|ych)?\b"), "rod"),
)
_COLUMNS = ("id", "name", "key", "kind", "location", "reach")
# The form carries six decimals of a degree.
_LIES_WHOLE_IN = """
SELECT EXISTS (
    SELECT FROM districts_namedplace p, districts_district d,
        (SELECT ST_SetSRID(ST_MakePoint(%s, %s), 4326) AS spot) given
    WHERE ST_DWithin(p.shape, given.spot, 2e-6) AND ST_DWithin(p.location, given.spot, 2e-6)
    AND p.reach = %s AND d.id = %s AND ST_Covers(d.boundary, p.shape)
)
"""
# More places with one name than people could tell apart.
_MOST_ALIKE = 20
# Their names do not say what they are.
_SHOWN_WITH_KIND = {_Kind.STOP: "przystanek", _Kind.STATION: "stacja"}


def place_key(text: str) -> str:
    """What is compared: ``Szkoła Podstawowa nr 12 im. Żeromskiego`` → ``sp 12 zeromskiego``."""
    words = " ".join(re.findall(r"\d+|[^\W\d_]+", fold(text[:LONGEST_TEXT])))
    for pattern, short in _SHORT:
        words = pattern.sub(short, words)
    return " ".join(word for word in words.split() if word not in _KIND_WORDS) or words


def name_to_show(kind: NamedPlace.Kind, name: str) -> str:
    """``Piotrkowska Centrum``, a stop → ``przystanek Piotrkowska Centrum``."""
    word = _SHOWN_WITH_KIND.get(kind, "")
    return f"{word} {name}" if word and word not in fold(name).split() else name


def find_named(text: str, *, limit: int) -> list[tuple[FoundPlace, str]]:
    """The places that ``text`` may mean, best first, each with its key: whose name it is or begins;
    if there is none, those of similar spelling. They have no districts yet. One query.
    """
    key = place_key(text)
    if len(key) < 2:
        return []
    hints = list(kinds_in(text))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM districts_places_named(%s, %s, %s)", [key, hints, limit])
        rows = [NamedPlace.from_db("default", _COLUMNS, row) for row in cursor.fetchall()]
    return [(_found(row), row.key) for row in rows]


def find_named_place(text: str) -> FoundPlace | None:
    """The place that ``text`` names, or begins if no other begins so; None if there is none. Of
    several, only the districts are known.
    """
    key = place_key(text)
    found = find_named(text, limit=_MOST_ALIKE)
    exact = [place for place, own in found if own == key]
    chosen = exact or [place for place, own in found if is_begun(own, key)]
    if kinds := kinds_in(text):
        chosen = [place for place in chosen if place.kind in kinds] or chosen
    known = [place for place in with_districts(chosen) if place]
    if len(known) < 2:
        return known[0] if known else None
    return several_places(known)


def lies_whole_in(district: District, point: Point, *, reach: float) -> bool:
    """Whether ``point`` (EPSG:4326) is the location of a place of that ``reach`` (metres), all of
    which lies in ``district``.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LIES_WHOLE_IN, [point.x, point.y, round(reach), district.pk])
        return cursor.fetchone()[0]


def kinds_in(text: str) -> set[NamedPlace.Kind]:
    words = re.findall(r"[^\W\d_]+", fold(text[:LONGEST_TEXT]))
    return {kind for word in words if (kind := _KIND_WORDS.get(word))}


def _found(row: NamedPlace) -> FoundPlace:
    return FoundPlace(
        label=row.name,
        street="",
        number="",
        district=None,
        location=row.location,
        kind=row.kind,
        reach=row.reach,
    )
