"""What an edition of boundaries would mean for open reports, before it comes into force.

Write-free. Nothing here tells who sent a report or what it says.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from django.contrib.gis.geos import GEOSGeometry

from catalogue.models import Category
from catalogue.routing import RoutingTable
from districts.editions.activating import edition_before
from districts.editions.approving import NotChecked
from districts.editions.comparing import Piece
from districts.flattening import to_metres, to_wgs84
from districts.models import Edition
from reports.models import Report
from units.models import Unit

from .affected import Affected
from .consequences import Consequences, find_consequences
from .returning import returned_activations
from .staying import Group, staying_groups

# So near a moved border somebody may ask why the report did not move.
NEAR_BORDER_METRES = 50


@dataclass(frozen=True, slots=True)
class PreviewedGroup:
    """Open reports of one category that go from ``unit`` to ``to_unit``; the two are the same where
    only the district changes. ``stays``: somebody chose so.
    """

    key: Group
    unit: Unit
    to_unit: Unit
    category: Category
    number: int
    stays: bool

    @property
    def changes_hands(self) -> bool:
        return self.unit != self.to_unit


@dataclass(frozen=True, slots=True)
class Preview:
    """``before``: the edition in force now. ``groups``: the largest first. ``kept``: how many a
    return would leave, because somebody worked on them meanwhile.
    """

    before: Edition | None
    groups: list[PreviewedGroup]
    reports: list[Affected]
    kept: list[Affected]

    @property
    def handed_over(self) -> int:
        return sum(one.number for one in self.groups if one.changes_hands and not one.stays)


def preview_edition(edition: Edition, *, proposed: RoutingTable | None = None) -> Preview:
    """What follows if ``edition`` came into force now. ``proposed``: rows of an annex that would
    come into force with it. Raises ``NotChecked`` for a draft that was not checked: its shapes may
    be such that nobody can say what lies in them.
    """
    if edition.checked_at is None:
        raise NotChecked
    before = Edition.objects.in_force_or_none(edition.layer.pk)
    found = Consequences([], [])
    if before != edition:
        is_return = edition_before(edition.layer.pk) == edition
        returned = returned_activations(edition) if is_return else []
        found = find_consequences(before, edition, returned=returned, proposed=proposed)
    counts = Counter(one.group for one in found.changed)
    stay = staying_groups(edition, before)
    units = Unit.objects.in_bulk({key for group in counts for key in group[:2]})
    categories = Category.objects.in_bulk({category for _unit, _to, category in counts})
    groups = [
        PreviewedGroup(key, units[key[0]], units[key[1]], categories[key[2]], number, key in stay)
        for key, number in counts.items()
    ]
    groups.sort(key=lambda one: (not one.changes_hands, -one.number, one.category.code, one.key))
    return Preview(before, groups, found.changed, found.kept)


def count_near_moved_borders(pieces: Sequence[Piece], changed: Sequence[Affected]) -> int:
    """How many open reports lie within ``NEAR_BORDER_METRES`` of a border that moves, and stay."""
    if not pieces:
        return 0
    edges = shapely.union_all([to_metres(piece.geometry).boundary for piece in pieces])
    near = to_wgs84(shapely.buffer(edges, NEAR_BORDER_METRES))
    area = GEOSGeometry(memoryview(shapely.to_wkb(near)), srid=4326)
    rows = Report.objects.open().filter(location__coveredby=area)
    moving = {one.report for one in changed}
    return len(set(rows.values_list("pk", flat=True)) - moving)
