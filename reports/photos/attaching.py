"""Uploaded photos join a report, either while it is being sent or later."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Case, CharField, IntegerField, Value, When
from django.utils import timezone

from reports.models import Photo, Report

from .errors import TooManyPhotos, UnknownPhoto

LONGEST_DESCRIPTION = 200


def attach(report: Report, photos: Mapping[UUID, str], *, kind: str = Photo.Kind.SENDER) -> None:
    """Give ``photos`` (ids in order, each with a description of what it shows) to ``report``.

    This takes one statement, or none. It accepts only photos of that ``kind`` that belong to no
    report and were uploaded within ``PHOTO_UNATTACHED_HOURS``. A description is cut to
    ``LONGEST_DESCRIPTION`` characters. Raises ``TooManyPhotos`` and ``UnknownPhoto``; the caller's
    transaction then undoes everything.
    """
    if not photos:
        return
    if len(photos) > settings.MAX_PHOTOS:
        raise TooManyPhotos
    since = timezone.now() - timedelta(hours=settings.PHOTO_UNATTACHED_HOURS)
    free = Photo.objects.filter(pk__in=photos, report=None, kind=kind, uploaded_at__gte=since)
    positions = [When(pk=pk, then=place) for place, pk in enumerate(photos)]
    words = [When(pk=pk, then=Value(text[:LONGEST_DESCRIPTION])) for pk, text in photos.items()]
    # If two reports want the same photo, the row lock makes the second wait, and it then finds the
    # photo taken.
    changed = free.update(
        report=report,
        position=Case(*positions, output_field=IntegerField()),
        description=Case(*words, output_field=CharField()),
    )
    if changed != len(photos):
        raise UnknownPhoto


def add_photos(report: Report, photos: Mapping[UUID, str], *, kind: str) -> None:
    """``attach`` to a report that the caller locked. A report has at most ``MAX_PHOTOS`` photos of
    one kind in all. Raises what ``attach`` raises.
    """
    if photos and report.photos.filter(kind=kind).count() + len(photos) > settings.MAX_PHOTOS:
        raise TooManyPhotos
    attach(report, photos, kind=kind)
