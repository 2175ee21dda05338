"""Reports as GeoJSON (EPSG:4326, longitude first), as every map shows them."""

from django.contrib.gis.geos import Point

from .models import Report


def feature(row: Report) -> dict:
    """A GeoJSON Feature of what the public map shows of one report."""
    return {
        "type": "Feature",
        "geometry": point(row.location),
        "properties": {
            "reference": row.reference,
            "category": row.category.code,
            "status": row.status,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        },
    }


def point(location: Point | None) -> dict | None:
    """A GeoJSON Point, or None."""
    return {"type": "Point", "coordinates": list(location.coords)} if location else None
