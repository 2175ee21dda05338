"""What lies around a report: other reports, earlier ones of the same matter, the other side of a
border.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.gis.db.models.functions import Distance
from django.db.models import Count, Q

from accounts.models import User
from catalogue.alternatives import Alternative, find_alternatives
from catalogue.routing import RoutingDecision, choose_unit
from districts.locating import OutsideCity, locate
from districts.models import District
from reports.models import Report, Status
from reports.models.report import ReportQuerySet
from reports.nearby import within
from units.models import Unit

_YEAR = timedelta(days=365)
_NEAR_METRES = 150
_MOST_NEAR = 5
# Metres from a border at which the other side is worth a word.
_AT_BORDER = 150


@dataclass(frozen=True, slots=True)
class Earlier:
    """How often the same was reported here within a year before, and how often it was mended."""

    number: int
    resolved: int


@dataclass(frozen=True, slots=True)
class OtherSide:
    """The district beyond a near border, and the unit that would have the report there."""

    district: District
    unit: Unit


@dataclass(frozen=True, slots=True)
class Surroundings:
    """``annex``: what the annex in force says of the report now; None if it lies in no district any
    more. ``alternatives``: why it says nothing else.
    """

    earlier: Earlier
    near: ReportQuerySet
    annex: RoutingDecision | None
    alternatives: list[Alternative]
    other_side: OtherSide | None


def find_surroundings(report: Report, user: User) -> Surroundings:
    try:
        placement = locate(report.location)
    except OutsideCity:
        return Surroundings(_earlier(report), _near(report, user), None, [], None)
    neighbour, other_side = placement.neighbour, None
    if neighbour is not None and placement.metres_to_border <= _AT_BORDER:
        there = choose_unit(report.category, neighbour, report.location)
        other_side = OtherSide(neighbour, there.unit)
    where = (report.category, placement.district, report.location)
    return Surroundings(
        _earlier(report),
        _near(report, user),
        choose_unit(*where),
        find_alternatives(*where),
        other_side,
    )


def _earlier(report: Report) -> Earlier:
    """Of the same category, within its ``similar_metres``; of a place that is only roughly known,
    nothing is known.
    """
    if report.is_approximate:
        return Earlier(0, 0)
    rows = Report.objects.filter(
        within(report.location, report.category.similar_metres),
        category=report.category,
        is_approximate=False,
        created_at__lt=report.created_at,
        created_at__gte=report.created_at - _YEAR,
    ).exclude(status=Status.DUPLICATE)
    found = rows.aggregate(number=Count("pk"), resolved=Count("pk", Q(status=Status.RESOLVED)))
    return Earlier(**found)


def _near(report: Report, user: User) -> ReportQuerySet:
    """Open reports of any category that ``user`` may see, the nearest first, with ``away`` in
    metres.
    """
    rows = Report.objects.visible_to(user).open().exclude(pk=report.pk)
    rows = rows.filter(within(report.location, _NEAR_METRES), is_approximate=False)
    rows = rows.annotate(away=Distance("location", report.location))
    named = rows.select_related("category", "district")
    return named.defer("district__boundary", "district__outline").order_by("away")[:_MOST_NEAR]
