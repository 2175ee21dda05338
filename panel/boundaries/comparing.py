"""What an edition would change: pieces that move, open reports, and which groups of them stay.

GIS staff see of a report its number, category and place in words, and nothing that anybody wrote.
"""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, staff_required
from catalogue.routing import RoutingTable
from districts.editions.approving import NotChecked
from districts.editions.comparing import Comparison, compare_editions
from districts.models import Edition
from districts.showing import pieces_as_geojson
from reports.geojson import feature, feature_rows
from reports.handling.affected import Affected
from reports.handling.previewing import (
    NEAR_BORDER_METRES,
    Preview,
    count_near_moved_borders,
    preview_edition,
)
from reports.handling.replaying import Replay, replay_year
from reports.handling.staying import AlreadyHandedOver, Group, choose_staying
from reports.models import Report
from web.spreadsheets import csv_text

from .annex import Tried, find_tried
from .editions import edition_to_compare, find_edition

# What ``?zalacznik=`` says where somebody wants to count without the proposed annex.
_AS_IN_FORCE = "obowiazujacy"
_PAGE = 100
# More points than this are a blot on the map; the list has all of them.
_MOST_POINTS = 5_000


@staff_required(gis=True)
def changes(request: PersonRequest, code: str) -> HttpResponse:
    """Compared with the edition in force; where that is this one, with the one it was based on."""
    row = find_edition(code)
    tried = _tried(request, row)
    preview, refusal = _preview(row, tried.table)
    comparison = _compare(row)
    near = 0
    if comparison and preview:
        near = count_near_moved_borders(comparison.pieces, preview.reports)
    context = {
        "edition": row,
        "comparison": comparison,
        "places": _places_of(comparison),
        "preview": preview,
        "refusal": refusal,
        "near": near,
        "near_metres": NEAR_BORDER_METRES,
        "replay": _replay(request, comparison, preview, tried.table),
        "tried": tried,
        "annex": request.GET.get("zalacznik", ""),
        "kept": _listed(preview.kept[:_PAGE]) if preview else [],
    }
    return render(request, "panel/boundaries/changes.html", context)


def _tried(request: HttpRequest, row: Edition) -> Tried:
    """By which annex this request counts."""
    return find_tried(row, is_wanted=request.GET.get("zalacznik") != _AS_IN_FORCE)


def _preview(row: Edition, proposed: RoutingTable | None = None) -> tuple[Preview | None, str]:
    """The preview, or why there is none."""
    try:
        return preview_edition(row, proposed=proposed), ""
    except NotChecked as refusal:
        return None, str(refusal.detail)


def _compare(row: Edition) -> Comparison | None:
    before = edition_to_compare(row)
    return compare_editions(before, row) if before else None


def _places_of(comparison: Comparison | None) -> dict:
    names = {"": _("poza granicami"), **(comparison.names if comparison else {})}
    found = comparison.pieces if comparison else []
    return pieces_as_geojson((one, names[one.source], names[one.target]) for one in found)


def _replay(
    request: PersonRequest,
    comparison: Comparison | None,
    preview: Preview | None,
    proposed: RoutingTable | None,
) -> Replay | None:
    """On demand: a year of reports takes some seconds."""
    if comparison is None or preview is None or "rok" not in request.GET:
        return None
    return replay_year(comparison.before, comparison.after, proposed=proposed)


@require_POST
@staff_required(gis=True)
def stay(request: PersonRequest, code: str) -> HttpResponse:
    """Keep which groups stay: those whose box was ticked. They are those of the annex in force, by
    which reports are routed when the edition starts.
    """
    row = find_edition(code)
    preview, refusal = _preview(row)
    if preview is None:
        return HttpResponse(refusal, status=409, content_type="text/plain; charset=utf-8")
    given = {_parse_group(text) for text in request.POST.getlist("stays")}
    known = {one.key for one in preview.groups if one.changes_hands}
    try:
        choose_staying(row, preview.before, given & known, by=request.user)
    except AlreadyHandedOver as late:
        return HttpResponse(str(late.detail), status=409, content_type="text/plain; charset=utf-8")
    here = redirect("panel:edition-changes", code)
    here["Location"] += f"?zalacznik={_AS_IN_FORCE}" if _tried(request, row).proposal else ""
    return here


@staff_required(gis=True)
def reports(request: PersonRequest, code: str) -> HttpResponse:
    """The open reports of one group, or all of them, page by page in the order of their keys; as
    CSV with ``format=csv``.
    """
    row = find_edition(code)
    preview, refusal = _preview(row, _tried(request, row).table)
    found = _chosen(request, preview.reports if preview else [])
    if request.GET.get("format") == "csv":
        return _as_csv(code, found)
    after = request.GET.get("po", "")
    rest = [one for one in found if not after.isdecimal() or one.report > int(after[:18])]
    page = rest[:_PAGE]
    context = {
        "edition": row,
        "refusal": refusal,
        "number": len(found),
        "rows": _listed(page),
        "next": page[-1].report if len(rest) > _PAGE else None,
    }
    return render(request, "panel/boundaries/changed_reports.html", context)


@staff_required(gis=True)
def points(request: PersonRequest, code: str) -> HttpResponse:
    """Those of the changed reports that everybody may see, as a GeoJSON FeatureCollection."""
    row = find_edition(code)
    preview, _refusal = _preview(row, _tried(request, row).table)
    keys = [one.report for one in preview.reports] if preview else []
    rows = feature_rows(Report.objects.public().filter(pk__in=keys[:_MOST_POINTS]))
    features = [feature(row) for row in rows]
    return JsonResponse(
        {"type": "FeatureCollection", "features": features}, content_type="application/geo+json"
    )


def _parse_group(text: str) -> Group:
    """``unit-unit-category``, as the page writes it; ``Http404``."""
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 18 for part in parts):
        raise Http404
    unit, to_unit, category = map(int, parts)
    return unit, to_unit, category


def _chosen(request: HttpRequest, found: list[Affected]) -> list[Affected]:
    text = request.GET.get("grupa")
    if not text:
        return found
    group = _parse_group(text)
    return [one for one in found if one.group == group]


def _listed(found: list[Affected]) -> list[tuple[Affected, Report]]:
    """Each with its report, without anything that somebody wrote."""
    fields = ("reference", "category__name", "near", "district__name", "status")
    rows = Report.objects.select_related("category", "district").only(*fields)
    by_key = rows.in_bulk([one.report for one in found])
    return [(one, by_key[one.report]) for one in found if one.report in by_key]


def _as_csv(code: str, found: list[Affected]) -> HttpResponse:
    headings = [_("Numer"), _("Kategoria"), _("Miejsce"), _("Osiedle teraz"), _("Osiedle potem")]
    rows = (
        [report.reference, report.category.name, report.place_in_words, one.was, one.district]
        for one, report in _listed(found)
    )
    answer = HttpResponse(csv_text(headings, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="zmiany-{code}.csv"'
    return answer
