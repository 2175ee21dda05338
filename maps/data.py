"""``GET /mapa/dane/``: what the public map draws of its view, as JSON."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalogue.models import Category
from districts.describing import place_in_words
from districts.models import District
from districts.neighbourhood import clip_to_neighbourhood
from reports.geojson import Instant, Latitude, Longitude
from reports.models import Report
from reports.models.report import ReportQuerySet
from reports.public import PUBLIC_PLACE, seen_in

from .extent import read_extent
from .selection import Period, Selection, class_of, read_selection
from .summary.reading import Cell, Cells, count_all, count_cells
from .summary.squares import Box, squares_in
from .turns import in_turn

# Reports are shown one by one if there are no more of them; else squares are.
MOST_REPORTS = 200
# They are looked for only where so few others have to be looked at beside them.
_REACH = 2_000
# The most squares of one answer; a view that has more gets larger ones.
_MOST_SQUARES = 1_000


# Why no process keeps it for a moment: docs/adr/0036-kept-pages.md.
@never_cache
@require_safe
@in_turn
def map_data(request: HttpRequest) -> HttpResponse:
    """The reports of a view (``bbox``, ``zoom`` and the filters of ``read_selection``): either
    ``reports`` one by one or ``clusters``. ``total`` counts them; ``more_than`` is null, or there
    are more than so many and nothing is drawn.
    """
    extent, zoom = read_extent(request.GET)
    selection = read_selection(request.GET)
    near = clip_to_neighbourhood(extent)
    if near is None:
        return answer_map()
    cells = count_cells(selection, near, coarse_enough(near, zoom))
    if cells.total <= MOST_REPORTS and _is_within_reach(selection, near, cells):
        reports = _reports(selection, cells)
        return answer_map(len(reports), reports=reports)
    clusters = [draw_cluster(cell) for cell in cells.cells]
    return answer_map(cells.total, more_than=cells.more_than, clusters=clusters)


def coarse_enough(extent: Box, zoom: int) -> int:
    """``zoom``, or the nearest smaller one at which an answer has few enough squares."""
    while zoom:
        left, right, top, bottom = squares_in(extent, zoom + 1)
        if (right - left + 1) * (bottom - top + 1) <= _MOST_SQUARES:
            break
        zoom -= 1
    return zoom


def _is_within_reach(selection: Selection, extent: Box, cells: Cells) -> bool:
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
        count_cells(Selection(), extent, cells.level - 1).total <= _REACH
        or (of_categories != Selection() and count_all(of_categories).total <= _REACH)
        or (selection.period != Period.ALL and count_all(of_period).total <= _REACH)
    )


def draw_cluster(cell: Cell) -> dict:
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
    found = selection.filter(Report.objects.all()).filter(seen_in(cells.extent))
    return draw_reports(found.annotate(place=PUBLIC_PLACE), most=2 * MOST_REPORTS)


def draw_reports(placed: ReportQuerySet, *, most: int) -> list[dict]:
    """The newest of ``placed``, whose ``place`` is where they are drawn."""
    # Dictionaries: models with their geometries cost five times as much. Nothing is joined: the
    # database would look for the reports of each category in turn.
    rows = placed.values(
        "reference",
        "status",
        "near",
        "category_id",
        "district_id",
        is_rounded=Q(rounded_location__isnull=False),
        x=Longitude("place"),
        y=Latitude("place"),
        created=Instant("created_at"),
    )
    newest = list(rows.order_by("-created_at", "-id")[:most])
    categories = Category.objects.only("code", "icon").in_bulk(
        {row["category_id"] for row in newest}
    )
    of_reports = District.objects.filter(pk__in={row["district_id"] for row in newest})
    districts = dict(of_reports.values_list("pk", "name"))
    return [
        _report(row, categories[row["category_id"]], districts[row["district_id"]])
        for row in newest
    ]


def _report(row: Mapping[str, Any], category: Category, district: str) -> dict:
    return {
        "reference": row["reference"],
        "category": category.code,
        "icon": category.icon,
        "status": class_of(row["status"]).key,
        "lon": round(row["x"], 6),
        "lat": round(row["y"], 6),
        "created_at": row["created"],
        "words": place_in_words({} if row["is_rounded"] else row["near"], district),
    }


def answer_map(total: int = 0, **parts: object) -> HttpResponse:
    """What a map draws, see ``map_data``."""
    answer = {"total": total, "more_than": None, "clusters": [], "reports": [], **parts}
    return HttpResponse(orjson.dumps(answer), content_type="application/json")
