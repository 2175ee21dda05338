"""``GET /mapa/dane/``: what the public map draws of its view, as JSON."""

from django.contrib.gis.geos import Polygon
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from districts.neighbourhood import clip_to_neighbourhood
from reports.models import Report
from reports.public import PUBLIC_PLACE

from .extent import read_extent
from .selection import Period, Selection, class_of, read_selection
from .summary.reading import Cell, Cells, count_all, count_cells
from .summary.squares import Box, squares_in

# Reports are shown one by one if there are no more of them; else squares are.
MOST_REPORTS = 200
# They are looked for only where so few others have to be looked at beside them.
_REACH = 5_000
# The most squares of one answer; a view that has more gets larger ones.
_MOST_SQUARES = 1_000


@never_cache
@require_safe
def map_data(request: HttpRequest) -> JsonResponse:
    """The reports of a view (``bbox``, ``zoom`` and the filters of ``read_selection``): either
    ``reports`` one by one or ``clusters``. ``total`` counts them; ``more_than`` is null, or there
    are more than so many and nothing is drawn.
    """
    extent, zoom = read_extent(request.GET)
    selection = read_selection(request.GET)
    near = clip_to_neighbourhood(extent)
    if near is None:
        return JsonResponse({"total": 0, "more_than": None, "clusters": [], "reports": []})
    zoom = _coarse_enough(near, zoom)
    cells = count_cells(selection, near, zoom)
    is_listed = cells.total <= MOST_REPORTS and _is_within_reach(selection, near, zoom, cells)
    reports = _reports(selection, cells) if is_listed else []
    return JsonResponse(
        {
            "total": len(reports) if is_listed else cells.total,
            "more_than": cells.more_than,
            "clusters": [] if is_listed else [_cluster(cell) for cell in cells.cells],
            "reports": reports,
        }
    )


def _coarse_enough(extent: Box, zoom: int) -> int:
    while zoom:
        left, right, top, bottom = squares_in(extent, zoom + 1)
        if (right - left + 1) * (bottom - top + 1) <= _MOST_SQUARES:
            break
        zoom -= 1
    return zoom


def _is_within_reach(selection: Selection, extent: Box, zoom: int, cells: Cells) -> bool:
    """Whether an index leads to the reports past few enough others: all reports of the view, all of
    the categories, or all of the period.
    """
    if cells.more_than is not None or not cells.total:
        return False
    if selection == Selection() or not cells.is_summed:
        return True
    of_categories = Selection(categories=selection.categories, groups=selection.groups)
    of_period = Selection(period=selection.period)
    return (
        count_cells(Selection(), extent, zoom).total <= _REACH
        or (of_categories != Selection() and count_all(of_categories).total <= _REACH)
        or (selection.period != Period.ALL and count_all(of_period).total <= _REACH)
    )


def _cluster(cell: Cell) -> dict:
    """Its mark stands in the inner half of the square, so that marks of neighbours never meet."""
    west, south, east, north = cell.extent
    return {
        "lon": round(_inner(cell.lon, west, east), 6),
        "lat": round(_inner(cell.lat, south, north), 6),
        "count": cell.count,
        "statuses": {status.key: count for status, count in cell.statuses.items()},
        "extent": [round(number, 6) for number in cell.extent],
    }


def _inner(place: float, low: float, high: float) -> float:
    quarter = (high - low) / 4
    return min(max(place, low + quarter), high - quarter)


def _reports(selection: Selection, cells: Cells) -> list[dict]:
    """Those of the squares of ``cells``, the newest first."""
    west, south, east, north = cells.extent
    found = (
        selection.filter(Report.objects.all())
        .annotate(place=PUBLIC_PLACE)
        .filter(place__bboverlaps=Polygon.from_bbox((west, south, east, north)))
        .select_related("category", "district")
        .defer("district__boundary", "district__outline")
        .order_by("-created_at", "-id")
    )
    return [_report(report) for report in found[: 2 * MOST_REPORTS]]


def _report(report: Report) -> dict:
    lon, lat = report.public_location.coords
    return {
        "reference": report.reference,
        "category": report.category.code,
        "status": class_of(report.status).key,
        "lon": round(lon, 6),
        "lat": round(lat, 6),
        "created_at": report.created_at,
        "words": report.public_place_in_words,
    }
