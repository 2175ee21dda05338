"""Last year's reports sent again, in thought, by another edition of boundaries. Write-free."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from catalogue.routing import RoutingTable, routing_table
from districts.locating import locate_rows
from districts.models import OSIEDLA, District, Edition
from reports.models import Report
from units.models import Unit

_YEAR = timedelta(days=365)
_PLACES = "SELECT id, location AS place FROM reports_report WHERE created_at >= %s"


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
    since = timezone.now() - _YEAR
    now = routing_table()
    then = proposed or now
    old, new = _by_layer(before, now, then), _by_layer(after, now, then)
    located = {
        edition.pk: dict(locate_rows(_PLACES, [since], edition=edition))
        for edition in {*old.values(), *new.values()}
    }
    rows = Report.objects.filter(created_at__gte=since).order_by()
    cases: Counter[tuple] = Counter()
    for key, category in rows.values_list("pk", "category").iterator():
        places = (
            tuple(located[edition.pk].get(key) for edition in side.values()) for side in (old, new)
        )
        cases[category, *places] += 1
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
