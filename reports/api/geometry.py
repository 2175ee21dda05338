"""The one strict geometry field: a finite 2-D GeoJSON Point on the Earth, or a clear refusal."""

import math
from typing import Any

from django.contrib.gis.geos import LineString, Point, Polygon
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework_gis.fields import GeometryField

MEMBERS = {"type", "coordinates"}
MOST_CORNERS = 200


class PositionField(GeometryField):
    """Base: one GeoJSON position in EPSG:4326, longitude first.

    Refused: other types, a third coordinate, a ``crs`` or any other member, NaN, infinity, numbers
    as text, values out of range, latitude and longitude in the wrong order for this city.
    """

    default_error_messages = {
        "number": _("Współrzędne muszą być dwiema skończonymi liczbami: długość, szerokość."),
        "range": _("Współrzędne poza zakresem: długość −180…180, szerokość −90…90 stopni."),
        "swapped": _("Współrzędne są zamienione miejscami: najpierw długość, potem szerokość."),
    }

    def point(self, coordinates: Any) -> Point:
        if not isinstance(coordinates, list) or len(coordinates) != 2:
            self.fail("number")
        if not all(is_number(number) for number in coordinates):
            self.fail("number")
        lon, lat = coordinates
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            self.fail("range")
        if looks_swapped(lon, lat):
            self.fail("swapped")
        return Point(float(lon), float(lat), srid=4326)


class PointField(PositionField):
    """GeoJSON Point → ``geos.Point`` (srid 4326)."""

    default_error_messages = {
        "shape": _(
            'Podaj punkt GeoJSON: {{"type": "Point", "coordinates": [długość, szerokość]}}.'
        ),
    }

    def to_internal_value(self, value: Any) -> Point:
        if not isinstance(value, dict) or set(value) != MEMBERS or value["type"] != "Point":
            self.fail("shape")
        return self.point(value["coordinates"])


class ExtentField(PositionField):
    """GeoJSON LineString, or Polygon of one closed ring, in EPSG:4326 → ``geos`` (srid 4326).

    At most ``MOST_CORNERS`` positions, each as strict as a point's.
    """

    default_error_messages = {
        "extent": _("Podaj LineString albo Polygon GeoJSON z jednym pierścieniem."),
        "corners": _("Odcinek ma od 2 do 200 punktów, obszar od 3."),
    }

    def to_internal_value(self, value: Any) -> LineString | Polygon:
        if not isinstance(value, dict) or set(value) != MEMBERS:
            self.fail("extent")
        if value["type"] == "LineString":
            return LineString(self.corners(value["coordinates"], 2), srid=4326)
        if value["type"] != "Polygon" or not is_list(value["coordinates"], 1):
            self.fail("extent")
        corners = self.corners(value["coordinates"][0], 4)
        if corners[0] != corners[-1]:
            self.fail("extent")
        return Polygon(corners, srid=4326)

    def corners(self, positions: Any, least: int) -> list[tuple[float, ...]]:
        if not isinstance(positions, list) or not least <= len(positions) <= MOST_CORNERS:
            self.fail("corners")
        corners = [self.point(position).coords for position in positions]
        # Taps on one spot are one corner; what is left must still be a line or an area.
        if len(set(corners)) < min(least, 3):
            self.fail("corners")
        return corners


def is_list(value: Any, length: int) -> bool:
    return isinstance(value, list) and len(value) == length


def is_number(value: Any) -> bool:
    is_numeric = isinstance(value, int | float) and not isinstance(value, bool)
    try:
        return is_numeric and math.isfinite(value)
    except OverflowError:  # an integer of hundreds of digits
        return False


def looks_swapped(lon: float, lat: float) -> bool:
    """The pair lies in Poland only when read the other way round."""
    return 49 <= lon <= 55 and 14 <= lat <= 24.2


class PointSchema(serializers.Serializer):
    """How the point is described in the schema."""

    type = serializers.ChoiceField(choices=["Point"])
    coordinates = serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2)


class ExtentSchema(serializers.Serializer):
    """How a line or an area is described in the schema."""

    type = serializers.ChoiceField(choices=["LineString", "Polygon"])
    coordinates = serializers.ListField(child=serializers.JSONField())
