"""What anybody may know about a report. The status page and the API show only this."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.contrib.gis.geos import GEOSGeometry, Point, Polygon
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from catalogue.models import Category
from districts.models import District
from districts.neighbourhood import Box
from units.models import Unit

from .models import Follow, Photo, Report, StatusChange, TouchedDistrict

# Where everybody but staff and the sender sees a report (EPSG:4326): only roughly, if its category
# is one whose places say something of a person. The database rounds.
PUBLIC_PLACE = Coalesce("rounded_location", "location")

_RELATED = ("category__group", "district", "unit", "duplicate_of")


@dataclass(frozen=True, slots=True)
class PublicReport:
    """A report without personal data. A hidden report has only its reference and its statuses.

    ``duplicate_of``: the report that it repeats, for its reference. ``is_asked``: its sender is
    asked something, and its time limit stands. ``is_rounded``: ``location`` is
    not quite where the matter is, and nothing else says where it is.
    """

    reference: str
    status: str
    status_text: str
    created_at: datetime
    updated_at: datetime
    is_hidden: bool
    timeline: list[StatusChange]
    category: Category | None = None
    description: str | None = None
    awaits_clearing: bool = False
    location: Point | None = None
    extent: GEOSGeometry | None = None
    touched: list[TouchedDistrict] = field(default_factory=list)
    place_in_words: str = ""
    is_approximate: bool = False
    is_rounded: bool = False
    district: District | None = None
    unit: Unit | None = None
    expected_by: date | None = None
    duplicate_of: Report | None = None
    is_final: bool = False
    is_overdue: bool = False
    is_asked: bool = False
    followers: int = 0
    photos: list[Photo] = field(default_factory=list)
    result_photos: list[Photo] = field(default_factory=list)

    def get_absolute_url(self) -> str:
        return reverse("reports:status", args=[self.reference])


def seen_in(box: Box) -> Q:
    """Reports that the public sees in ``box`` (west, south, east, north; degrees near the city).

    Two conditions with an index each. None has the expression of ``PUBLIC_PLACE``, because the
    database would know nothing of how many reports a box has.
    """
    shape = Polygon.from_bbox(box)
    return Q(rounded_location__isnull=True, location__bboverlaps=shape) | Q(
        rounded_location__bboverlaps=shape
    )


def find_public(reference: str) -> PublicReport:
    """The public view of one report, whose number may be spelled in any way.

    It takes at most four queries, and one more for a report with an extent.

    Raises ``MalformedReference``, ``MistypedReference`` or ``UnknownReport``.
    """
    report = Report.objects.select_related(*_RELATED).find(reference)
    timeline = list(report.changes.select_related("unit"))
    public = PublicReport(
        reference=report.reference,
        status=report.status,
        status_text=report.get_status_display(),
        created_at=report.created_at,
        updated_at=report.updated_at,
        is_hidden=report.is_hidden,
        is_final=report.is_final,
        timeline=timeline,
    )
    if report.is_hidden:
        for change in timeline:
            change.note = ""
        return public
    photos = [photo for photo in report.photos.all() if photo.is_shown]
    extent = None if report.rounded_location else report.extent
    return replace(
        public,
        category=report.category,
        description=report.description if report.description_is_public else None,
        # An account that was closed may have taken its words along.
        awaits_clearing=bool(report.description) and not report.description_is_public,
        location=report.public_location,
        extent=extent,
        touched=list(report.touched.select_related("district")) if extent else [],
        place_in_words=report.public_place_in_words,
        is_approximate=report.is_approximate,
        is_rounded=report.rounded_location is not None,
        district=report.district,
        unit=report.unit,
        expected_by=report.expected_by,
        duplicate_of=report.shown_original,
        is_overdue=report.is_overdue,
        is_asked=report.asked_on is not None,
        followers=Follow.objects.people_of(report.pk).get(),
        photos=[photo for photo in photos if photo.kind == Photo.Kind.SENDER],
        result_photos=[photo for photo in photos if photo.kind == Photo.Kind.RESULT],
    )
