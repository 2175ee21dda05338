"""Reports that somebody handed to another unit near a border: there the boundaries, or the annex,
may not be what people live by. Write-free.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from districts.models import Edition
from units.models import Unit

# How far from a border a hand-over may tell of it.
NEAR_METRES = 200
# The newest that are looked at.
MOST = 20_000
_YEAR = timedelta(days=365)
# A hand-over by the operator, from whom everything may come, is no misroute: what counts is the
# unit that had the report before. The nearest border of the edition is asked of the index of
# segments.
HANDOVERS = """
WITH handed AS MATERIALIZED (
    SELECT id, report_id, unit_id, at FROM reports_assignment
    WHERE rule_id IS NULL AND by_id IS NOT NULL AND at >= %(since)s
    ORDER BY at DESC LIMIT %(most)s
)
SELECT LEAST(one.code COLLATE "C", other.code), GREATEST(one.code COLLATE "C", other.code),
    r.category_id, was.unit_id, a.unit_id, r.is_hidden, ST_X(r.location), ST_Y(r.location),
    (SELECT count(*) FROM handed) = %(most)s
FROM handed a
JOIN reports_report r ON r.id = a.report_id
CROSS JOIN LATERAL (
    SELECT p.unit_id FROM reports_assignment p
    WHERE p.report_id = a.report_id AND (p.at, p.id) < (a.at, a.id)
        AND p.unit_id <> ALL(%(operators)s)
    ORDER BY p.at DESC, p.id DESC LIMIT 1
) was
CROSS JOIN LATERAL (
    SELECT b.left_id, b.right_id, b.segment <-> ST_Transform(r.location, 2180) AS metres
    FROM districts_border b
    WHERE b.edition_id = %(edition)s AND b.right_id IS NOT NULL
    ORDER BY b.segment <-> ST_Transform(r.location, 2180) LIMIT 1
) near
JOIN districts_district one ON one.id = near.left_id
JOIN districts_district other ON other.id = near.right_id
WHERE a.unit_id <> ALL(%(operators)s) AND was.unit_id <> a.unit_id AND near.metres < %(near)s
"""
_LINES = """
SELECT LEAST(one.code COLLATE "C", other.code), GREATEST(one.code COLLATE "C", other.code),
    ST_AsGeoJSON(ST_Transform(ST_LineMerge(ST_Collect(b.segment)), 4326), 6)
FROM districts_border b
JOIN districts_district one ON one.id = b.left_id
JOIN districts_district other ON other.id = b.right_id
WHERE b.edition_id = %s
GROUP BY 1, 2
"""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Misroute:
    """Hand-overs of reports of one category (its key) near the border of a ``pair`` of districts
    (codes in the order of the alphabet), from ``unit`` to ``to_unit`` (keys).
    """

    pair: Pair
    category: int
    unit: int
    to_unit: int
    number: int


@dataclass(frozen=True, slots=True)
class Misroutes:
    """``rows``: the most frequent first. ``points``: by pair, longitude and latitude of those that
    everybody may see. ``is_cut``: there were more hand-overs than are looked at.
    """

    rows: list[Misroute]
    points: dict[Pair, list[tuple[float, float]]]
    is_cut: bool

    @property
    def number(self) -> int:
        return sum(row.number for row in self.rows)


def find_misroutes(edition: Edition, *, category: int | None = None) -> Misroutes:
    """Hand-overs of the last twelve months within ``NEAR_METRES`` of a border of ``edition``;
    ``category``: only of the one with that key. One statement: a second at a million reports of
    which 60,000 were handed over, most of it for the nearest borders.
    """
    counts: dict[tuple[Pair, int, int, int], int] = {}
    points: dict[Pair, list[tuple[float, float]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(HANDOVERS, parameters_of(edition))
        found = cursor.fetchall()
    for one, other, about, unit, to_unit, is_hidden, lon, lat, _is_cut in found:
        if category not in (None, about):
            continue
        key = ((one, other), about, unit, to_unit)
        counts[key] = counts.get(key, 0) + 1
        if not is_hidden:
            points.setdefault((one, other), []).append((lon, lat))
    rows = [
        Misroute(pair, about, unit, to_unit, number)
        for (pair, about, unit, to_unit), number in counts.items()
    ]
    rows.sort(key=lambda row: (-row.number, row.pair, row.category, row.unit, row.to_unit))
    return Misroutes(rows, points, is_cut=bool(found and found[0][-1]))


def parameters_of(edition: Edition) -> dict[str, int | datetime | list[int]]:
    """What ``HANDOVERS`` asks for."""
    return {
        "since": timezone.now() - _YEAR,
        "operators": list(Unit.objects.filter(is_operator=True).values_list("pk", flat=True)),
        "most": MOST,
        "edition": edition.pk,
        "near": NEAR_METRES,
    }


def border_lines(edition: Edition, pairs: Sequence[Pair]) -> dict[Pair, str]:
    """The borders between these pairs of districts as GeoJSON geometries (EPSG:4326)."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [edition.pk])
        lines = {(one, other): line for one, other, line in cursor.fetchall()}
    return {pair: lines[pair] for pair in pairs}
