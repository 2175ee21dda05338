"""Small editions for tests: square regions north of the city hall, 0.001 degrees to a side."""

from dataclasses import replace

import shapely
from django.contrib.gis.geos import Point
from django.utils import timezone

from accounts.models import User
from districts.editions.approving import approve_edition
from districts.editions.drafting import Shape, begin_draft, change_draft, shapes_of
from districts.editions.outlines_and_borders import refresh_index, write_borders
from districts.models import DraftChange, Edition, Layer
from tests.people import person

SIDE = 0.001
WEST, SOUTH = 19.456, 51.77


def square(column: float, row: float = 0, *, wide: float = 1, high: float = 1) -> shapely.Polygon:
    """EPSG:4326; ``column`` and ``row`` count sides from the south-western corner of all."""
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    box = shapely.box(west, south, west + wide * SIDE, south + high * SIDE)
    # Squares beside each other share their very corners.
    return shapely.transform(box, lambda corners: corners.round(12))


def inside(column: float, row: float = 0) -> Point:
    """The middle of ``square(column, row)``."""
    middle = square(column, row).centroid
    return Point(middle.x, middle.y, srid=4326)


def gis(name: str) -> User:
    """The GIS person of that name, one for all."""
    return User.objects.filter(username=name).first() or person(name, role="gis")


def regions(code: str = "mowing") -> Layer:
    """A layer that need not cover the city."""
    return Layer.objects.get_or_create(code=code, defaults={"name": code})[0]


def drafted(code: str, shapes: dict[str, shapely.Geometry], *, by=None, layer=None) -> Edition:
    """A draft with these regions and no others."""
    author = by or gis("gis")
    draft = begin_draft(
        layer or regions(), code, by=author, source="test", credit="test", is_empty=True
    )
    named = {name: Shape(name=name.title(), boundary=shape) for name, shape in shapes.items()}
    return change_draft(draft, named, by=author, word=DraftChange.Word.UPLOADED)


def approved(code: str, shapes: dict[str, shapely.Geometry], **values) -> Edition:
    draft = drafted(code, shapes, **values)
    write_borders(draft, list(draft.districts.all()))
    Edition.objects.filter(pk=draft.pk).update(checked_at=timezone.now())
    return approve_edition(draft, by=gis("gis2"))


def exchanged(code: str, one: str = "katedralna", other: str = "lagiewniki") -> Edition:
    """An approved edition of the osiedla in which two of them have changed places."""
    base = Edition.objects.in_force()
    draft = begin_draft(base.layer, code, by=gis("gis"), source="test", credit="test")
    shapes = shapes_of(draft)
    there = {
        one: replace(shapes[one], boundary=shapes[other].boundary),
        other: replace(shapes[other], boundary=shapes[one].boundary),
    }
    change_draft(draft, there, by=gis("gis"), word=DraftChange.Word.DRAWN)
    write_borders(draft, list(draft.districts.all()))
    refresh_index(concurrently=False)
    Edition.objects.filter(pk=draft.pk).update(checked_at=timezone.now())
    return approve_edition(draft, by=gis("gis2"))
