"""Photos join a report that was sent before."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from reports.models import Report

from .attaching import attach
from .errors import TooManyPhotos


def add_photos(report: Report, photo_ids: Sequence[UUID], *, kind: str) -> None:
    """As ``attach``, within ``MAX_PHOTOS`` of the kind in all; the caller locks the report."""
    if photo_ids and report.photos.filter(kind=kind).count() + len(photo_ids) > settings.MAX_PHOTOS:
        raise TooManyPhotos
    attach(report, photo_ids, kind=kind)
