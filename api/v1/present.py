"""Rows as the plain dictionaries that the API answers with."""

import json

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry
from django.urls import reverse

from catalogue.models import Category
from catalogue.questions import translated_question
from districts.covering import Share
from districts.models import District
from reports.geojson import feature, point
from reports.intake.submission import Receipt
from reports.models import Photo, Report, Status, StatusChange
from reports.public import PublicReport
from units.models import Unit


def named(row: Category | District | Unit | None) -> dict | None:
    return {"code": row.code, "name": row.name} if row else None


def district(row: District | None) -> dict | None:
    if row is None:
        return None
    return {"code": row.code, "name": row.name, "borough": row.borough}


def share(row: Share) -> dict:
    return {"code": row.district.code, "name": row.district.name, "part": round(row.part, 3)}


def _extent(shape: GEOSGeometry | None) -> dict | None:
    return json.loads(shape.geojson) if shape else None


def receipt(given: Receipt) -> dict:
    """The first receipt: what was known when the report was accepted, however often it is sent."""
    report, first = given.report, given.assignment
    return {
        "reference": report.reference,
        "status": Status.RECEIVED,
        "status_url": settings.SITE_URL + report.get_absolute_url(),
        "unit": named(first.unit),
        "district": district(first.district),
        "expected_by": report.expected_by,
    }


def whole(report: PublicReport) -> dict:
    return {
        "reference": report.reference,
        "status": report.status,
        "status_text": report.status_text,
        "created_at": report.created_at,
        "updated_at": report.updated_at,
        "is_hidden": report.is_hidden,
        "category": named(report.category),
        "description": report.description,
        "location": point(report.location),
        "extent": _extent(report.extent),
        "district": district(report.district),
        "unit": named(report.unit),
        "expected_by": report.expected_by,
        "timeline": [_step(change, is_hidden=report.is_hidden) for change in report.timeline],
        "photos": [_shown_photo(photo) for photo in report.photos + report.result_photos],
    }


def _step(change: StatusChange, *, is_hidden: bool) -> dict:
    return {
        "status": change.status,
        "status_text": change.get_status_display(),
        "at": change.at,
        "unit": None if is_hidden else named(change.unit),
        "note": change.note,
    }


def _shown_photo(photo: Photo) -> dict:
    url = settings.SITE_URL + reverse("reports:photo", args=[photo.pk, "large"])
    return {"url": url, "description": photo.description}


def similar(row: Report) -> dict:
    """A Feature with what tells one hole from another: distance, words, how many have it too."""
    shown = feature(row)
    shown["properties"] |= {
        "category_name": row.category.name,
        "status_text": row.get_status_display(),
        "metres": round(row.away.m),  # type: ignore[attr-defined]
        "followers": row.followers,  # type: ignore[attr-defined]
        "description": row.description if row.description_is_public else None,
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
        "questions": [_question(asked) for asked in row.questions],
    }


def _question(asked: dict) -> dict:
    """In the language of the request; ``value`` is what an answer has to send."""
    told = translated_question(asked)
    return told | {"choices": [{"value": value, "text": text} for value, text in told["choices"]]}
