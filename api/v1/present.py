"""What the API shows of rows: each function gives the plain dictionary of one JSON object."""

import json

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry
from django.urls import reverse

from catalogue.models import Category
from catalogue.questions import translated_question
from districts.bordering import NearBorder
from districts.covering import Share
from districts.models import District
from reports.geojson import feature_of, point
from reports.intake.submission import Receipt
from reports.models import Photo, Report, Status, StatusChange
from reports.public import PublicReport
from units.models import Unit


def code_and_name(row: Category | District | Unit | None) -> dict | None:
    return _named(row) if row else None


def _named(row: Category | District | Unit) -> dict:
    return {"code": row.code, "name": row.name}


def district(row: District | None) -> dict | None:
    if row is None:
        return None
    return {"code": row.code, "name": row.name, "borough": row.borough}


def border(near: NearBorder) -> dict:
    return {
        "question": near.question,
        "street": near.street,
        "location": point(near.location),
        "sides": [
            {**_named(side.district), "words": side.words, "bearing": round(side.bearing)}
            for side in near.sides
        ],
    }


def share(row: Share) -> dict:
    return {"code": row.district.code, "name": row.district.name, "part": round(row.part, 3)}


def _extent(geometry: GEOSGeometry | None) -> dict | None:
    return json.loads(geometry.geojson) if geometry else None


def receipt(given: Receipt) -> dict:
    """The same receipt however often the report is sent: what was known when it was accepted."""
    report, first = given.report, given.assignment
    return {
        "reference": report.reference,
        "status": Status.RECEIVED,
        "status_url": settings.SITE_URL + report.get_absolute_url(),
        "unit": code_and_name(first.unit),
        "district": district(first.district),
        "expected_by": report.expected_by,
    }


def report(row: PublicReport) -> dict:
    return {
        "reference": row.reference,
        "status": row.status,
        "status_text": row.status_text,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "is_hidden": row.is_hidden,
        "category": code_and_name(row.category),
        "description": row.description,
        "location": point(row.location),
        "extent": _extent(row.extent),
        "district": district(row.district),
        "place": row.place_in_words,
        "unit": code_and_name(row.unit),
        "expected_by": row.expected_by,
        "duplicate_of": row.duplicate_of.reference if row.duplicate_of else None,
        "timeline": [_timeline_step(change, is_hidden=row.is_hidden) for change in row.timeline],
        "photos": [_shown_photo(photo) for photo in row.photos + row.result_photos],
    }


def _timeline_step(change: StatusChange, *, is_hidden: bool) -> dict:
    return {
        "status": change.status,
        "status_text": change.get_status_display(),
        "at": change.at,
        "unit": None if is_hidden else code_and_name(change.unit),
        "note": change.note,
    }


def _shown_photo(photo: Photo) -> dict:
    url = settings.SITE_URL + reverse("reports:photo", args=[photo.pk, "large"])
    return {"url": url, "description": photo.description}


def similar_report(row: Report) -> dict:
    """A Feature, with what helps to decide whether it is the same matter: how far it is (metres),
    since when, where in words, the text and a photo where they are cleared, how many follow it; and
    who has it until when.
    """
    shown, photo = feature_of(row), row.shown_photo  # type: ignore[attr-defined]
    shown["properties"] |= {
        "category_name": row.category.name,
        "status_text": row.get_status_display(),
        "metres": round(row.away.m),  # type: ignore[attr-defined]
        "followers": row.followers,  # type: ignore[attr-defined]
        "description": row.description if row.description_is_public else None,
        "photo": reverse("reports:photo", args=[photo, "small"]) if photo else None,
        "unit": row.unit.name,
        "expected_by": row.expected_by,
        "url": row.get_absolute_url(),
    }
    return shown


def category(row: Category) -> dict:
    return {
        "code": row.code,
        "name": row.name,
        "group": row.group.name,
        "working_days": row.working_days,
        "emergency": row.emergency_hint,
        "kind": row.kind,
        "advice": row.advice,
        "questions": [_question(one) for one in row.questions],
    }


def _question(row: dict) -> dict:
    """In the language of the request; ``value`` is what an answer has to send."""
    shown = translated_question(row)
    choices = [{"value": value, "text": text} for value, text in shown["choices"]]
    return shown | {"choices": choices}
