"""Uploaded photos join the report that is being sent."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.db.models import Case, CharField, IntegerField, Value, When
from django.utils import timezone

from reports.models import Photo, Report

from .errors import TooManyPhotos, UnknownPhoto

LONGEST_DESCRIPTION = 200
NONE: Mapping[UUID, str] = MappingProxyType({})


def attach(
    report: Report,
    photo_ids: Sequence[UUID],
    kind: str = Photo.Kind.SENDER,
    descriptions: Mapping[UUID, str] = NONE,
) -> None:
    """Give the photos to ``report`` in the order of ``photo_ids``; one statement, or none.

    ``descriptions``: what is to be seen, by id, at most ``LONGEST_DESCRIPTION`` characters of it.

    Only photos of that kind which nobody has and which were uploaded lately. Raises
    ``TooManyPhotos`` and ``UnknownPhoto``; the caller's transaction then undoes everything.
    """
    ids = list(dict.fromkeys(photo_ids))
    if not ids:
        return
    if len(ids) > settings.MAX_PHOTOS:
        raise TooManyPhotos
    since = timezone.now() - timedelta(hours=settings.PHOTO_UNATTACHED_HOURS)
    free = Photo.objects.filter(pk__in=ids, report=None, kind=kind, uploaded_at__gte=since)
    # A row lock makes two reports that want one photo take turns; the second finds it taken.
    words = _texts({pk: descriptions.get(pk, "") for pk in ids})
    if free.update(report=report, position=_places(ids), description=words) != len(ids):
        raise UnknownPhoto


def _texts(descriptions: Mapping[UUID, str]) -> Case:
    whens = [
        When(pk=pk, then=Value(text[:LONGEST_DESCRIPTION])) for pk, text in descriptions.items()
    ]
    return Case(*whens, output_field=CharField())


def _places(ids: list[UUID]) -> Case:
    whens = [When(pk=pk, then=place) for place, pk in enumerate(ids)]
    return Case(*whens, output_field=IntegerField())
