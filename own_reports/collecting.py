"""Adds reports, photos and letters to the archive with everything about an account."""

import json

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.exporting import Archive
from accounts.models import User
from reports.models import Contact, DigestLine, Photo, Remark, Report, Verdict

from .exporting import geojson
from .models import Visit


def add_reports(user: User, archive: Archive) -> None:
    """Add all reports of the account, of any age, with history and photos, and the addresses that
    it left on other reports.
    """
    reports = list(
        Report.objects.sent_by(user)
        .select_related("category", "district", "unit")
        .prefetch_related("changes__unit", "remarks", "verdicts", "photos")
    )
    archive.data["reports"] = [_report_data(report) for report in reports]
    archive.add_json("zgloszenia.geojson", geojson(Report.objects.sent_by(user)))
    rows = [
        (
            report.reference,
            report.category.name,
            report.get_status_display(),
            timezone.localtime(report.created_at),
            report.district.name,
            report.unit.name,
            report.description,
        )
        for report in reports
    ]
    columns = [
        _("Numer"),
        _("Kategoria"),
        _("Status"),
        _("Zgłoszono"),
        _("Osiedle"),
        _("Zajmuje się"),
        _("Opis"),
    ]
    archive.add_table(_("Zgłoszenia"), columns, rows)
    _add_tables(reports, archive)
    archive.data["missing_photos"] = [
        path for report in reports for path in _add_photos(report, archive)
    ]
    _add_followed(user, archive)


def _add_tables(reports: list[Report], archive: Archive) -> None:
    """Tables for a person: what happened, what the sender added, which photos there are."""
    history = [
        (report.reference, timezone.localtime(row.at), row.get_status_display(), row.note)
        for report in reports
        for row in report.changes.all()
    ]
    columns = [_("Numer"), _("Kiedy"), _("Status"), _("Odpowiedź")]
    archive.add_table(_("Przebieg"), columns, history)
    added = [
        (report.reference, timezone.localtime(row.at), row.text)
        for report in reports
        for row in _words_added(report)
    ]
    archive.add_table(_("Uwagi"), [_("Numer"), _("Kiedy"), _("Treść")], added)
    photos = [
        (report.reference, _path_of(report, photo), photo.description)
        for report in reports
        for photo in _sent_photos(report)
    ]
    archive.add_table(_("Zdjęcia"), [_("Numer"), _("Plik"), _("Opis")], photos)


def _words_added(report: Report) -> list[Remark | Verdict]:
    """What the sender wrote after sending."""
    rows: list[Remark | Verdict] = [*report.remarks.all(), *report.verdicts.all()]
    return [row for row in rows if row.text]


def _report_data(report: Report) -> dict:
    """One report for programs; ``location`` is longitude, latitude (EPSG:4326)."""
    return {
        "reference": report.reference,
        "category": report.category.code,
        "status": report.status,
        "created_at": report.created_at,
        "address": report.address,
        "district": report.district.name,
        "unit": report.unit.name,
        "description": report.description,
        "answers": report.answers,
        "location": list(report.location.coords),
        "extent": json.loads(report.extent.geojson) if report.extent else None,
        "accuracy": report.accuracy,
        "side": report.side,
        "history": [
            {
                "status": change.status,
                "at": change.at,
                "unit": change.unit.name,
                "note": change.note,
            }
            for change in report.changes.all()
        ],
        "remarks": [{"at": row.at, "text": row.text} for row in report.remarks.all()],
        "verdicts": [
            {"at": row.at, "is_fixed": row.is_fixed, "text": row.text}
            for row in report.verdicts.all()
        ],
        "photos": [
            {"file": _path_of(report, photo), "description": photo.description}
            for photo in _sent_photos(report)
        ],
        "photos_not_ready": sum(not _is_ready(photo) for photo in _own_photos(report)),
    }


def _own_photos(report: Report) -> list[Photo]:
    return [photo for photo in report.photos.all() if photo.kind == Photo.Kind.SENDER]


def _is_ready(photo: Photo) -> bool:
    return photo.state == Photo.State.READY


def _sent_photos(report: Report) -> list[Photo]:
    """Photos of the sender that the portal has re-encoded."""
    return [photo for photo in _own_photos(report) if _is_ready(photo)]


def _path_of(report: Report, photo: Photo) -> str:
    return f"zdjecia/{report.reference}-{photo.pk}.webp"


def _add_photos(report: Report, archive: Archive) -> list[str]:
    """Add the photos of ``report``; returns the paths of those whose files are missing, which
    happens after a database was restored without them.
    """
    missing = []
    for photo in _sent_photos(report):
        try:
            with photo.large.open("rb") as file:
                archive.add_file(_path_of(report, photo), file.read())
        except (FileNotFoundError, ValueError):
            missing.append(_path_of(report, photo))
    return missing


def _add_followed(user: User, archive: Archive) -> None:
    """Add reports on which the account's address was left: followed ones, and those that were sent
    before registering.
    """
    contacts = Contact.objects.of_mailbox(user.email).select_related("report__category")
    archive.data["addresses_left"] = [
        {
            "reference": contact.report.reference,
            "is_sender": contact.is_sender,
            "at": contact.created_at,
        }
        for contact in contacts
    ]
    rows = [(contact.report.reference, contact.report.category.name) for contact in contacts]
    archive.add_table(
        _("Sprawy, o których piszemy na ten adres"), [_("Numer"), _("Kategoria")], rows
    )
    seen = Visit.objects.filter(user=user).values("at", "before").first()
    archive.data["last_visits"] = seen
    waiting = DigestLine.objects.filter(user=user).values("report__reference", "change__at")
    archive.data["waiting_for_digest"] = list(waiting)
