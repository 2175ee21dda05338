"""Uploaded photos join a report: while it is being sent, or later."""

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
    """Give ``photos`` (ids in order, each with what is to be seen on it) to ``report``.

    One statement, or none. Only photos of that kind which nobody has and which were uploaded
    lately; of a description at most ``LONGEST_DESCRIPTION`` characters. Raises ``TooManyPhotos``
    and ``UnknownPhoto``; the caller's transaction then undoes everything.
    """
    if not photos:
        return
    if len(photos) > settings.MAX_PHOTOS:
        raise TooManyPhotos
    since = timezone.now() - timedelta(hours=settings.PHOTO_UNATTACHED_HOURS)
    free = Photo.objects.filter(pk__in=photos, report=None, kind=kind, uploaded_at__gte=since)
    positions = [When(pk=pk, then=place) for place, pk in enumerate(photos)]
    words = [When(pk=pk, then=Value(text[:LONGEST_DESCRIPTION])) for pk, text in photos.items()]
    # A row lock makes two reports that want one photo take turns; the second finds it taken.
    changed = free.update(
        report=report,
        position=Case(*positions, output_field=IntegerField()),
        description=Case(*words, output_field=CharField()),
    )
    if changed != len(photos):
        raise UnknownPhoto


def add_photos(report: Report, photos: Mapping[UUID, str], *, kind: str) -> None:
    """``attach`` to a report that the caller locked, within ``MAX_PHOTOS`` of the kind in all."""
    if photos and report.photos.filter(kind=kind).count() + len(photos) > settings.MAX_PHOTOS:
        raise TooManyPhotos
    attach(report, photos, kind=kind)
