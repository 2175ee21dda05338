"""A sheet to take along: a map, and of each report what one needs in the field. It says nothing of
the sender but what they wrote.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import structlog
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from catalogue.questions import answers_in_words
from districts.models import Edition
from districts.paper_maps import draw_places
from reports.models import Photo, Report
from web.printing import write_pdf

from .route import metres_between, short_way

_STYLE = Path(__file__).with_name("sheet.css")
# Of one report; more are in the portal.
_MOST_PHOTOS = 2
_log = structlog.get_logger(__name__)


def print_sheet(reports: Sequence[Report], *, title: str) -> bytes:
    """The PDF of ``reports``, from the first one on along a short way; in the active language."""
    ordered = [reports[number] for number in short_way([one.location for one in reports])]
    shown = _photos_of(ordered)
    rows = [
        {
            "report": report,
            "answers": answers_in_words(report.category, report.answers),
            "photos": [_address_of(photo) for photo in shown[report.pk]],
            "metres": round(metres_between(before.location, report.location)) if before else None,
            "address": settings.SITE_URL + reverse("panel:report", args=[report.reference]),
        }
        for before, report in zip([None, *ordered], ordered, strict=False)
    ]
    html = render_to_string(
        "panel/sheets/sheet.html",
        {
            "title": title,
            "rows": rows,
            "map": draw_places(Edition.objects.in_force(), [one.location for one in ordered])
            if ordered
            else "",
            "printed_at": timezone.now(),
        },
    )
    files = dict(_files_of([photo for of_report in shown.values() for photo in of_report]))
    return write_pdf(html, _STYLE, pictures=files)


def _photos_of(reports: Sequence[Report]) -> dict[int, list[Photo]]:
    """The first ones of each report (its key)."""
    ready = Photo.objects.filter(
        report__in=reports, kind=Photo.Kind.SENDER, state=Photo.State.READY
    ).exclude(large="")
    shown: dict[int, list[Photo]] = {report.pk: [] for report in reports}
    for photo in ready.order_by("position", "uploaded_at"):
        if photo.report_id is not None and len(shown[photo.report_id]) < _MOST_PHOTOS:
            shown[photo.report_id].append(photo)
    return shown


def _address_of(photo: Photo) -> str:
    return settings.SITE_URL + reverse("reports:photo", args=[photo.pk, "large"])


def _files_of(photos: Sequence[Photo]) -> Iterator[tuple[str, bytes]]:
    """What is under the address of each; one whose file is lost is left out."""
    for photo in photos:
        try:
            with photo.large.open("rb") as file:
                yield _address_of(photo), file.read()
        except FileNotFoundError:
            _log.warning("photo_file_missing", photo=str(photo.pk))
