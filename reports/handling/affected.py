"""Which open reports another edition of boundaries would move to another district or unit.

Write-free. What counts is what changes *by the boundaries*: a report that somebody forwarded by
hand keeps its unit, and so does one for whose place the annex says the same by both editions.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from catalogue.models import RoutingRule
from catalogue.routing import RoutingTable, routing_table
from districts.locating import locate_rows
from districts.models import OSIEDLA, District, Edition
from reports.models.report import FINAL
from reports.sides import NEAR_METRES

# Where the matter of a report is, for whoever looks its district up.
_PLACES = """
SELECT id, location AS place FROM reports_report
WHERE status <> ALL(%s) AND (%s::bigint[] IS NULL OR id = ANY(%s))
"""
# The decision that binds comes with each report.
_DETAILS = """
SELECT r.id, r.category_id, r.unit_id, r.district_id, d.code, d.borough, r.side, r.is_approximate,
    r.extent IS NOT NULL, a.mode, a.rule_id, a.region_id
FROM reports_report r
JOIN districts_district d ON d.id = r.district_id
CROSS JOIN LATERAL (
    SELECT mode, rule_id, region_id FROM reports_assignment
    WHERE report_id = r.id ORDER BY at DESC, id DESC LIMIT 1
) a
WHERE r.status <> ALL(%s) AND r.id = ANY(%s)
"""
_SIDES = """
SELECT r.id, found.neighbour_code = r.side
    AND found.metres < GREATEST(%s, COALESCE(r.accuracy, 0))
FROM reports_report r
CROSS JOIN LATERAL districts_locate(ST_X(r.location), ST_Y(r.location), %s) found
WHERE r.id = ANY(%s)
"""
_LARGEST_PARTS = """
SELECT DISTINCT ON (r.id) r.id, d.code
FROM reports_report r
JOIN districts_district d ON d.edition_id = %s AND ST_Intersects(d.boundary, r.extent)
CROSS JOIN LATERAL (
    SELECT ST_Transform(ST_Intersection(d.boundary, r.extent), 2180) AS shape
) part
WHERE r.id = ANY(%s)
ORDER BY r.id,
    round((ST_Area(part.shape) + CASE ST_Dimension(r.extent)
        WHEN 1 THEN ST_Length(part.shape) ELSE 0 END)::numeric, 2) DESC,
    d.code
"""


@dataclass(frozen=True, slots=True)
class Affected:
    """An open report that goes to the district ``district`` or the unit ``to_unit``.

    ``was`` and ``district`` are codes of osiedla, the same where another layer changes; ``unit``
    has the report now. All else is keys of rows. ``rule``: the row of the annex that binds then;
    None where a person decided, or where the annex is only proposed. ``region``: by which it binds.
    """

    report: int
    category: int
    unit: int
    to_unit: int
    was: str
    district: str
    district_id: int
    was_mode: str
    mode: str
    rule: int | None
    region: int | None

    @property
    def group(self) -> tuple[int, int, int]:
        return self.unit, self.to_unit, self.category

    @property
    def changes_hands(self) -> bool:
        return self.unit != self.to_unit


@dataclass(frozen=True, slots=True)
class _Details:
    report: int
    category: int
    unit: int
    district_id: int
    district: str
    borough: str
    side: str
    is_approximate: bool
    has_extent: bool
    mode: str
    rule: int | None
    region: int | None


def find_affected(
    before: Edition | None,
    after: Edition,
    *,
    only: Collection[int] | None = None,
    proposed: RoutingTable | None = None,
) -> list[Affected]:
    """The open reports that change district or unit when ``after`` comes after ``before``, in the
    order of their keys.

    ``only``: look at the reports with these keys. ``proposed``: an annex that would come into force
    with ``after``; without one, the annex stays. A place that ``after`` does not cover, in the
    layer of the osiedla, is left as it is.
    """
    now = routing_table()
    layer = after.layer_id
    if layer != OSIEDLA and layer not in now.layers | (proposed.layers if proposed else set()):
        return []
    if layer == OSIEDLA and before is None:
        # There was no way to send a report before the first districts.
        return []
    old, new = _Places(before, only), _Places(after, only)
    if proposed is None:
        candidates = {key for key in new.located if old.word(key) != new.word(key)}
        candidates |= _with_own_place(only) if layer == OSIEDLA else set()
    else:
        candidates = set(new.located)
    details = _read_details(candidates)
    if layer == OSIEDLA:
        for places in (old, new):
            places.correct(details)
        candidates = {key for key in candidates if proposed or old.word(key) != new.word(key)}
        details = [one for one in details if one.report in candidates]
    return _decide(details, (old, new), (now, proposed or now), layer)


class _Places:
    """For each report, the code of its district or region in one edition."""

    def __init__(self, edition: Edition | None, only: Collection[int] | None) -> None:
        self._edition = edition.pk if edition else None
        self.located: dict[int, str | None] = {}
        self.boroughs: dict[str, str] = {}
        self.keys: dict[str, int] = {}
        if edition is None:
            return
        keys = None if only is None else list(only)
        self.located = dict(locate_rows(_PLACES, [list(FINAL), keys, keys], edition=edition))
        rows = District.objects.filter(edition=edition).values_list("code", "borough", "pk")
        for code, borough, pk in rows:
            self.boroughs[code], self.keys[code] = borough, pk

    def word(self, report: int) -> tuple[str | None, str]:
        """What the annex can ask of the place."""
        code = self.located.get(report)
        return code, self.boroughs.get(code or "", "")

    def correct(self, details: Iterable[_Details]) -> None:
        """Where a report says more than its point does: only its district is known, or the sender
        said on which side of a border it lies, or it is a line or an area.
        """
        sided, wide = [], []
        for one in details:
            if one.has_extent:
                wide.append(one.report)
            elif one.is_approximate and one.district in self.keys:
                self.located[one.report] = one.district
            elif one.side in self.keys and self.located[one.report] != one.side:
                sided.append(one)
        by_key = {one.report: one for one in sided}
        if sided:
            values = [NEAR_METRES, self._edition, list(by_key)]
            self.located |= {key: by_key[key].side for key, holds in _rows(_SIDES, values) if holds}
        if wide:
            self.located |= dict(_rows(_LARGEST_PARTS, [self._edition, wide]))


def _with_own_place(only: Collection[int] | None) -> set[int]:
    """Open reports whose point may stay where they do not: lines and areas, and those whose sender
    said on which side of a border they lie.
    """
    keys = None if only is None else list(only)
    found = _rows(
        "SELECT id FROM reports_report WHERE (extent IS NOT NULL OR side <> '')"
        " AND status <> ALL(%s) AND (%s::bigint[] IS NULL OR id = ANY(%s))",
        [list(FINAL), keys, keys],
    )
    return {key for (key,) in found}


def _read_details(keys: Collection[int]) -> list[_Details]:
    if not keys:
        return []
    rows = _rows(_DETAILS, [list(FINAL), sorted(keys)])
    return sorted((_Details(*row) for row in rows), key=lambda one: one.report)


def _rows(statement: str, values: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _decide(
    details: Collection[_Details],
    places: tuple[_Places, _Places],
    tables: tuple[RoutingTable, RoutingTable],
    layer: str,
) -> list[Affected]:
    """What changes for reports whose places changed; ``places`` and ``tables``: before, after."""
    (old, new), (now, then) = places, tables
    others = _other_layers((now.layers | then.layers) - {layer}, details)
    decided_now = _Decisions(now, old, others, layer)
    decided_then = _Decisions(then, new, others, layer)
    found = []
    for one in details:
        if layer == OSIEDLA and new.located.get(one.report) is None:
            continue
        was, will = decided_now(one), decided_then(one)
        is_ours = one.rule is not None and (was.unit_id, was.mode) != (will.unit_id, will.mode)
        unit = will.unit_id if is_ours else one.unit
        district = decided_then.district_of(one)[0]
        if (district, unit) == (one.district, one.unit) and (not is_ours or will.mode == one.mode):
            continue
        # Where the unit stays, so does what decided for it, unless the annex says the same now.
        binds = one.rule is not None and will.unit_id == unit
        found.append(
            Affected(
                report=one.report,
                category=one.category,
                unit=one.unit,
                to_unit=unit,
                was=one.district,
                district=district,
                district_id=new.keys[district] if layer == OSIEDLA else one.district_id,
                was_mode=one.mode,
                mode=will.mode if is_ours else one.mode,
                rule=will.pk if binds else one.rule,
                region=decided_then.region_of(one, will) if binds else one.region,
            )
        )
    return found


class _Decisions:
    """The row of one annex for reports as one edition places them; each question asked once."""

    def __init__(
        self, table: RoutingTable, places: _Places, others: Mapping[str, _Places], layer: str
    ) -> None:
        self._table, self._places = table, places
        self._others, self._layer = others, layer
        self._known: dict[tuple, RoutingRule] = {}

    def __call__(self, one: _Details) -> RoutingRule:
        code, borough = self.district_of(one)
        regions = {layer: places.located.get(one.report) for layer, places in self._regions()}
        key = (one.category, code, borough, *regions.values())
        if key not in self._known:
            self._known[key] = self._table.find_rule(one.category, code or "", borough, regions.get)
        return self._known[key]

    def district_of(self, one: _Details) -> tuple[str, str]:
        """Code and borough of its osiedle."""
        if self._layer != OSIEDLA:
            return one.district, one.borough
        code, borough = self._places.word(one.report)
        return code or "", borough

    def region_of(self, one: _Details, rule: RoutingRule) -> int | None:
        if rule.layer_id is None:
            return None
        places = dict(self._regions())[rule.layer_id]
        return places.keys[rule.district_code]

    def _regions(self) -> list[tuple[str, _Places]]:
        own = [(self._layer, self._places)] if self._layer != OSIEDLA else []
        return [*own, *self._others.items()]


def _other_layers(layers: Iterable[str], details: Collection[_Details]) -> dict[str, _Places]:
    """The regions of the reports in the other layers, as they are in force."""
    keys = [one.report for one in details]
    return {
        layer: _Places(Edition.objects.in_force_or_none(layer), keys) for layer in sorted(layers)
    }
