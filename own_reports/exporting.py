"""A resident's own reports as GeoJSON and as CSV."""

import json
from collections.abc import Iterable

from django.contrib.gis.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.geojson import Latitude, Longitude, feature, feature_rows
from reports.models import Report, Status
from web import spreadsheets

_COLUMNS = (
    "reference",
    "category__code",
    "category__name",
    "status",
    "created_at",
    "updated_at",
    "expected_by",
    "district__name",
    "unit__name",
    "address",
    "description",
    "x",
    "y",
)


def _rows_of(reports: QuerySet[Report], columns: Iterable[str]) -> QuerySet:
    """Dictionaries with ``columns``; ``x``, ``y``: longitude and latitude (EPSG:4326)."""
    placed = reports.annotate(x=Longitude("location"), y=Latitude("location"))
    return placed.order_by("-created_at", "-id").values(*columns)


def points(reports: QuerySet[Report]) -> dict:
    """A FeatureCollection of points with what the map draws; one query, and no geometry object is
    built for a row.
    """
    rows = feature_rows(reports.order_by("-created_at", "-id"))
    return {"type": "FeatureCollection", "features": [feature(row) for row in rows]}


def geojson(reports: QuerySet[Report]) -> dict:
    """A FeatureCollection with everything that the resident may know about each report; its
    geometry is the point, or the line or area that was reported.
    """
    rows = _rows_of(reports, (*_COLUMNS, "extent"))
    return {"type": "FeatureCollection", "features": [_feature(row) for row in rows]}


def _feature(row: dict) -> dict:
    longitude, latitude = row.pop("x"), row.pop("y")
    extent = row.pop("extent", None)
    properties = {name.removesuffix("__code"): value for name, value in row.items()}
    renamed = {name.replace("__name", "_name"): value for name, value in properties.items()}
    point = {"type": "Point", "coordinates": [longitude, latitude]}
    geometry = json.loads(extent.geojson) if extent else point
    return {"type": "Feature", "geometry": geometry, "properties": renamed}


def csv_text(reports: QuerySet[Report]) -> str:
    """A table for a spreadsheet; times in Europe/Warsaw."""
    rows = (_cells(row) for row in _rows_of(reports, _COLUMNS))
    return spreadsheets.csv_text(_headings(), rows)


def _headings() -> list[str]:
    return [
        _("Numer"),
        _("Kod kategorii"),
        _("Kategoria"),
        _("Status"),
        _("Zgłoszono"),
        _("Ostatnia zmiana"),
        _("Spodziewana odpowiedź"),
        _("Osiedle"),
        _("Zajmuje się"),
        _("Adres"),
        _("Opis"),
        _("Długość geograficzna"),
        _("Szerokość geograficzna"),
    ]


def _cells(row: dict) -> list[object]:
    row["status"] = Status(row["status"]).label
    for name in ("created_at", "updated_at"):
        row[name] = f"{timezone.localtime(row[name]):%Y-%m-%d %H:%M}"
    return [row[name] for name in _COLUMNS]
