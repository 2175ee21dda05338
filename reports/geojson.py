"""Reports as GeoJSON (EPSG:4326, longitude first), as every map shows them."""

from django.contrib.gis.db.models import QuerySet
from django.contrib.gis.db.models.functions import GeoFunc
from django.contrib.gis.geos import Point
from django.db.models import CharField, F, FloatField, Func

from .models import Report


class Longitude(GeoFunc):
    function = "ST_X"
    output_field = FloatField()


class Latitude(GeoFunc):
    function = "ST_Y"
    output_field = FloatField()


class Instant(Func):
    """A time as the API writes it (UTC, ISO 8601, microseconds)."""

    template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    output_field = CharField()


def feature_rows(reports: QuerySet[Report], *, at: str = "location", **more: F) -> QuerySet:
    """What ``feature`` needs of each report, as dictionaries: a thousand models with their
    geometries cost five times as much. The times are text: to read two thousand of them and write
    them again was half of the work. ``at``: where it lies; everybody sees ``PUBLIC_PLACE``.
    ``more``: further columns by name.
    """
    return reports.values(
        "reference",
        "status",
        created=Instant("created_at"),
        updated=Instant("updated_at"),
        code=F("category__code"),
        x=Longitude(at),
        y=Latitude(at),
        **more,
    )


def feature(row: dict) -> dict:
    """A GeoJSON Feature of what the public map shows of one report."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [row["x"], row["y"]]},
        "properties": {
            "reference": row["reference"],
            "category": row["code"],
            "status": row["status"],
            "created_at": row["created"],
            "updated_at": row["updated"],
        },
    }


def feature_of(report: Report, *, is_public: bool = False) -> dict:
    """``feature`` of a report that is loaded with its category and its district; with its place in
    words, which a map of many reports asks for when it shows one. ``is_public``: for everybody.
    """
    x, y = (report.public_location if is_public else report.location).coords
    place = {"code": report.category.code, "x": x, "y": y}
    times = {"created": report.created_at, "updated": report.updated_at}
    drawn = feature(report.__dict__ | place | times)
    words = report.public_place_in_words if is_public else report.place_in_words
    drawn["properties"]["place"] = words
    return drawn


def point(location: Point | None) -> dict | None:
    """A GeoJSON Point, or None."""
    return {"type": "Point", "coordinates": list(location.coords)} if location else None
