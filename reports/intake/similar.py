"""Finds reports that may be about the same matter."""

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D
from django.db.models import Count, OuterRef, Subquery

from catalogue.models import Category
from districts.neighbourhood import is_near_city
from reports.models import Photo, Report
from reports.models.report import ReportQuerySet

_MOST = 5
# Degrees in a metre. A degree of longitude is shorter than one of latitude, by the factor 0.6 at
# 51.8°; the index looks into a box that is wide enough for it.
_DEGREES_A_METRE = 1 / 111_320 / 0.6


def find_similar(location: Point, category: Category) -> ReportQuerySet:
    """Open public reports of the category's group within its ``similar_metres`` of ``location``
    (EPSG:4326), nearest first, at most five. Each with ``away`` (metres), ``followers``, and
    ``shown_photo``: the key of its first photo that anybody may see, or None.
    """
    if not is_near_city(location.x, location.y):
        return Report.objects.none()
    metres = category.similar_metres
    near = Report.objects.public().open().filter(category__group=category.group_id)
    near = near.filter(
        location__dwithin=(location, metres * _DEGREES_A_METRE),
        location__distance_lte=(location, D(m=metres)),
        is_approximate=False,
    )
    photos = Photo.objects.filter(report=OuterRef("pk"), kind=Photo.Kind.SENDER).shown()
    counted = near.annotate(
        away=Distance("location", location),
        followers=Count("follows"),
        shown_photo=Subquery(photos.order_by("position", "uploaded_at").values("pk")[:1]),
    )
    named = counted.select_related("category", "district", "unit")
    return named.defer("district__boundary", "district__outline").order_by("away")[:_MOST]
