"""Fields for geometries, which ``districts.geojson`` reads, and their description in the schema."""

from typing import Any

from django.contrib.gis.geos import LineString, Point, Polygon
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework_gis.fields import GeometryField

from districts.geojson import GeometryRefused, read_extent, read_point


class PointSchema(serializers.Serializer):
    """How the point is described in the schema."""

    type = serializers.ChoiceField(choices=["Point"])
    coordinates = serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2)


class ExtentSchema(serializers.Serializer):
    """How a line or an area is described in the schema."""

    type = serializers.ChoiceField(choices=["LineString", "Polygon"])
    coordinates = serializers.ListField(child=serializers.JSONField())


@extend_schema_field(PointSchema)
class PointField(GeometryField):
    """GeoJSON Point → ``geos.Point`` (EPSG:4326)."""

    def to_internal_value(self, value: Any) -> Point:
        try:
            return read_point(value)
        except GeometryRefused as refused:
            raise serializers.ValidationError(str(refused.detail)) from refused


@extend_schema_field(ExtentSchema)
class ExtentField(GeometryField):
    """GeoJSON LineString or Polygon → ``geos`` geometry (EPSG:4326)."""

    def to_internal_value(self, value: Any) -> LineString | Polygon:
        try:
            return read_extent(value)
        except GeometryRefused as refused:
            raise serializers.ValidationError(str(refused.detail)) from refused
