"""Finds reports that may be about the same matter."""

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.db.models import OuterRef, Subquery

from catalogue.models import Category
from districts.neighbourhood import is_near_city
from reports.models import Follow, Photo, Report
from reports.models.report import ReportQuerySet
from reports.nearby import within

_MOST = 5


def find_similar(location: Point, category: Category) -> ReportQuerySet:
    """Open public reports of the category's group within its ``similar_metres`` of ``location``
    (EPSG:4326), nearest first, at most five; none whose place the public sees only roughly. Each
    with ``away`` (metres), ``followers``, and ``shown_photo``: the key of its first photo that
    anybody may see, or None.
    """
    if not is_near_city(location.x, location.y):
        return Report.objects.none()
    metres = category.similar_metres
    near = Report.objects.public().open().filter(category__group=category.group_id)
    near = near.filter(
        within(location, metres), is_approximate=False, rounded_location__isnull=True
    )
    photos = Photo.objects.filter(report=OuterRef("pk"), kind=Photo.Kind.SENDER).shown()
    counted = near.annotate(
        away=Distance("location", location),
        # Asked in a question of its own, hence twice outside.
        followers=Subquery(Follow.objects.people_of(OuterRef(OuterRef("pk")))),
        shown_photo=Subquery(photos.order_by("position", "uploaded_at").values("pk")[:1]),
    )
    named = counted.select_related("category", "district", "unit")
    return named.defer("district__boundary", "district__outline").order_by("away")[:_MOST]
