"""The one strict geometry field: a finite 2-D GeoJSON Point on the Earth, or a clear refusal."""

import math
from typing import Any

from django.contrib.gis.geos import Point
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework_gis.fields import GeometryField

MEMBERS = {"type", "coordinates"}


class PointField(GeometryField):
    """GeoJSON Point in EPSG:4326, longitude first → ``geos.Point`` (srid 4326).

    Refused: other types, a third coordinate, a ``crs`` or any other member, NaN, infinity, numbers
    as text, values out of range, latitude and longitude in the wrong order for this city.
    """

    default_error_messages = {
        "shape": _(
            'Podaj punkt GeoJSON: {{"type": "Point", "coordinates": [długość, szerokość]}}.'
        ),
        "number": _("Współrzędne muszą być dwiema skończonymi liczbami: długość, szerokość."),
        "range": _("Współrzędne poza zakresem: długość −180…180, szerokość −90…90 stopni."),
        "swapped": _("Współrzędne są zamienione miejscami: najpierw długość, potem szerokość."),
    }

    def to_internal_value(self, value: Any) -> Point:
        if not isinstance(value, dict) or set(value) != MEMBERS or value["type"] != "Point":
            self.fail("shape")
        return self.point(value["coordinates"])

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


def is_number(value: Any) -> bool:
    is_numeric = isinstance(value, int | float) and not isinstance(value, bool)
    return is_numeric and math.isfinite(value)


def looks_swapped(lon: float, lat: float) -> bool:
    """The pair lies in Poland only when read the other way round."""
    return 49 <= lon <= 55 and 14 <= lat <= 24.2


class PointSchema(serializers.Serializer):
    """How the point is described in the schema."""

    type = serializers.ChoiceField(choices=["Point"])
    coordinates = serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2)
