"""Staff answer a report: a status, a public word, and a photo of the result."""

from collections.abc import Sequence
from decimal import Decimal

from django.core.files.base import File
from django.db import transaction

from accounts.models import User
from reports.changing import lock_with
from reports.models import Dispatch, Photo, Report, Status
from reports.photos.attaching import add_photos
from reports.photos.uploading import store_upload

from .status import change_status


def answer_report(
    report: Report,
    to: str,
    *,
    by: User | None,
    note: str,
    photos: Sequence[File] = (),
    duplicate_of: Report | None = None,
    cause: str = "",
    cost: Decimal | None = None,
    seen_version: int | None = None,
    letter: Dispatch | None = None,
) -> None:
    """Move ``report`` to ``to``; everybody sees ``photos``, since staff took them. ``cause`` and
    ``cost`` (złoty) are for staff, and kept of what is resolved. ``letter``: the sending that a
    unit answers by e-mail; ``by`` is None then. Raises
    ``PhotoRefused``, ``TooManyPhotos`` and what ``change_status`` raises; the report then stays as
    it was.
    """
    # The files first, and without a lock on the report: reading and checking them takes time. A
    # photo that ends up without a report is swept.
    kind = Photo.Kind.RESULT
    stored = {store_upload(photo, kind=kind, uploaded_by=by).pk: "" for photo in photos}
    with transaction.atomic():
        locked, _original = lock_with(report, duplicate_of, seen_version)
        if stored:
            add_photos(locked, stored, kind=kind)
            Photo.objects.filter(pk__in=stored).update(is_public=True)
        if to == Status.RESOLVED:
            Report.objects.filter(pk=report.pk).update(cause=cause, cost=cost)
        change_status(
            report,
            to,
            by=by,
            note=note,
            duplicate_of=duplicate_of,
            seen_version=seen_version,
            letter=letter,
        )
