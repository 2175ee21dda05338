"""A layer with two editions: what began, what followed, and the instants between."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.utils import timezone

from districts.models import Activation, District, Edition, Layer

# Two squares beside each other and what they become: the border between them moves to the east.
WEST, MIDDLE, LATER, EAST = 19.40, 19.44, 19.46, 19.48
SOUTH, NORTH = 51.75, 51.78


def area(west: float, east: float) -> MultiPolygon:
    return MultiPolygon(Polygon.from_bbox((west, SOUTH, east, NORTH)), srid=4326)


def approved_edition(layer: Layer, code: str, border: float) -> Edition:
    row = Edition.objects.create(layer=layer, code=code, source="x", credit="x")
    for name, west, east in (("lewa", WEST, border), ("prawa", border, EAST)):
        District.objects.create(
            edition=row,
            code=name,
            name=name.title(),
            label_point=Point((west + east) / 2, (SOUTH + NORTH) / 2, srid=4326),
            boundary=area(west, east),
            outline=area(west, east),
        )
    now = timezone.now()
    Edition.objects.filter(pk=row.pk).update(checked_at=now, approved_at=now)
    return row


@pytest.fixture
def sectors(db) -> Layer:
    """Mowing sectors: ``s-1`` is in force, ``s-2`` will be in ten days."""
    layer = Layer.objects.create(code="koszenie", name="Rejony koszenia")
    first = approved_edition(layer, "s-1", MIDDLE)
    second = approved_edition(layer, "s-2", LATER)
    now = timezone.now()
    Activation.objects.create(layer=layer, edition=first, at=now)
    Activation.objects.create(layer=layer, edition=second, at=now + timedelta(days=10))
    return layer
