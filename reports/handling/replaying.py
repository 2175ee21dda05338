"""Last year's reports sent again, in thought, by another edition of boundaries. Write-free."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from catalogue.routing import RoutingTable, routing_table
from districts.models import OSIEDLA, District, Edition
from units.models import Unit

_YEAR = timedelta(days=365)
# All is counted by PostgreSQL, which may work in parallel: a million rows would cost more to fetch
# than to locate. Only names of columns made here are put in.
_JOIN = """
    LEFT JOIN districts_district d{number}
        ON d{number}.edition_id = %s AND ST_Covers(d{number}.boundary, r.location)"""
_FIRST = """, min(d{number}.code COLLATE "C") AS c{number}"""
_COUNTED = """
SELECT category_id, {columns}, count(*)
FROM (
    SELECT r.category_id{firsts} FROM reports_report r{joins}
    WHERE r.created_at >= %s GROUP BY r.id
) one
GROUP BY category_id, {columns}
"""
# Category; codes by layer, before and after.
_Case = tuple[int, tuple[str | None, ...], tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class Load:
    """How many of the reports the unit gets by the boundaries before and after."""

    unit: Unit
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Replay:
    """``number``: of reports; ``elsewhere``: how many of them another unit would have got.
    ``loads``: the largest difference first.
    """

    number: int
    elsewhere: int
    loads: list[Load]


def replay_year(before: Edition, after: Edition, *, proposed: RoutingTable | None = None) -> Replay:
    """The reports of the last twelve months as the annex of now routes them by both editions of one
    layer, by the points at which they lie. ``proposed``: an annex that comes with ``after``.
    """
    now = routing_table()
    then = proposed or now
    old, new = _by_layer(before, now, then), _by_layer(after, now, then)
    cases = _count_cases(old, new)
    loads: dict[Unit, list[int]] = {}
    elsewhere = 0
    boroughs = {edition: _boroughs(edition) for edition in {old[OSIEDLA], new[OSIEDLA]}}
    for (category, was, will), number in cases.items():
        one = _unit_of(now, category, dict(zip(old, was, strict=True)), boroughs[old[OSIEDLA]])
        other = _unit_of(then, category, dict(zip(new, will, strict=True)), boroughs[new[OSIEDLA]])
        elsewhere += number * (one != other)
        loads.setdefault(one, [0, 0])[0] += number
        loads.setdefault(other, [0, 0])[1] += number
    sides = [Load(unit, *counts) for unit, counts in loads.items()]
    sides.sort(key=lambda load: (-abs(load.difference), load.unit.short_name))
    return Replay(sum(cases.values()), elsewhere, sides)


def _count_cases(old: Mapping[str, Edition], new: Mapping[str, Edition]) -> dict[_Case, int]:
    """How many of the year's reports are alike in all that an annex may ask: the category, and the
    codes of the place in each layer, before and after.
    """
    editions = list({edition.pk: None for edition in (*old.values(), *new.values())})
    numbers = range(len(editions))
    joins = "".join(_JOIN.format(number=number) for number in numbers)
    firsts = "".join(_FIRST.format(number=number) for number in numbers)
    columns = ", ".join(f"c{number}" for number in numbers)
    statement = _COUNTED.format(firsts=firsts, joins=joins, columns=columns)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*editions, timezone.now() - _YEAR])
        rows = cursor.fetchall()
    cases: dict[_Case, int] = {}
    for category, *codes, number in rows:
        found = dict(zip(editions, codes, strict=True))
        was, will = (tuple(found[edition.pk] for edition in side.values()) for side in (old, new))
        cases[category, was, will] = number
    return cases


def _by_layer(edition: Edition, *tables: RoutingTable) -> dict[str, Edition]:
    """The editions by which the annex can ask of a place: ``edition`` in its own layer, and in the
    others what is in force.
    """
    layers = {OSIEDLA}.union(*(table.layers for table in tables)) - {edition.layer.pk}
    found = {layer: Edition.objects.in_force_or_none(layer) for layer in sorted(layers)}
    others = {layer: row for layer, row in found.items() if row is not None}
    return {edition.layer.pk: edition} | others


def _boroughs(edition: Edition) -> dict[str, str]:
    return dict(District.objects.filter(edition=edition).values_list("code", "borough"))


def _unit_of(
    table: RoutingTable,
    category: int,
    places: Mapping[str, str | None],
    boroughs: Mapping[str, str],
) -> Unit:
    district = places[OSIEDLA] or ""
    return table.find_rule(category, district, boroughs.get(district, ""), places.get).unit
