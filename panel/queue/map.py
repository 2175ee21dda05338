"""What the map beside a list draws: all that is selected, not one page of it."""

from django.contrib.gis.geos import Polygon
from django.db import connection
from django.db.models import F
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import PersonRequest
from districts.neighbourhood import clip_to_neighbourhood
from maps.data import MOST_REPORTS, answer_map, coarse_enough, draw_cluster, draw_reports
from maps.extent import read_extent
from maps.summary.reading import MOST_LOOKED_AT, Cell, cells_of
from maps.summary.squares import FINEST
from maps.time_limit import read_within
from reports.geojson import Latitude, Longitude
from reports.models.report import ReportQuerySet

from .counting import LONGEST
from .rooms import Room, desk_of
from .selection import read_selection

# What is put in is the statement of a QuerySet; its values are parameters.
_IN_SQUARES = f"""
SELECT x, y, status, count(*)::int, count(*)::int, sum(column_)::bigint, sum(row_)::bigint
FROM (
    SELECT column_, row_, column_ >> ({FINEST} - %s) AS x, row_ >> ({FINEST} - %s) AS y, status
    FROM (
        SELECT maps_column(lon) AS column_, maps_row(lat) AS row_, maps_status(status) AS status
        FROM ({{found}}) found
    ) placed
) squared GROUP BY 1, 2, 3
"""  # noqa: S608


@never_cache
@require_safe
@Room.OPERATOR.require
def operator_map(request: PersonRequest) -> HttpResponse:
    return _draw(request, Room.OPERATOR)


@never_cache
@require_safe
@Room.UNIT.require
def unit_map(request: PersonRequest) -> HttpResponse:
    return _draw(request, Room.UNIT)


def _draw(request: PersonRequest, room: Room) -> HttpResponse:
    """The view (``bbox``, ``zoom``) and the filters of ``read_selection``; the answer is that of
    ``maps.data.map_data``.
    """
    extent, zoom = read_extent(request.GET)
    selection = read_selection(request.GET, room.scopes)
    near = clip_to_neighbourhood(extent)
    if near is None:
        return answer_map()
    desk = desk_of(request.user, room)
    inside = selection.filter(desk.reports, desk.user).filter(
        location__bboverlaps=Polygon.from_bbox(near)
    )
    placed = inside.annotate(place=F("location"))
    some = read_within(LONGEST, lambda: draw_reports(placed, most=MOST_REPORTS + 1))
    if some is None:
        return answer_map(more_than=0)
    if len(some) <= MOST_REPORTS:
        return answer_map(len(some), reports=some)
    cells = read_within(LONGEST, lambda: _count_cells(inside, coarse_enough(near, zoom) + 1))
    if cells is None:
        return answer_map(more_than=0)
    total = sum(cell.count for cell in cells)
    if total > MOST_LOOKED_AT:
        return answer_map(more_than=MOST_LOOKED_AT)
    return answer_map(total, clusters=[draw_cluster(cell) for cell in cells])


def _count_cells(reports: ReportQuerySet, level: int) -> list[Cell]:
    some = reports.order_by().values("status", lon=Longitude("location"), lat=Latitude("location"))
    found, values = some[: MOST_LOOKED_AT + 1].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_IN_SQUARES.format(found=found), [level, level, *values])
        return cells_of(level, cursor.fetchall())
