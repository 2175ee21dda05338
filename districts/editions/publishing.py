"""Publishes editions of boundaries from files of districts."""

import json
from datetime import date, datetime
from pathlib import Path

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone
from shapely.geometry import shape

from districts.models import OSIEDLA, Activation, District, Edition
from districts.signals import came_into_force

from .comparing import record_descents
from .coverage import check_coverage
from .outlines_and_borders import as_multipolygon, outlines_of, refresh_index, write_borders

# The first edition also holds for all reports of the past, so it is in force from this day.
_BEGINNING = datetime(2020, 1, 1, tzinfo=timezone.get_default_timezone())


class EditionDiffers(Exception):
    """The file differs from the published edition of its code; a change needs a new edition."""


@transaction.atomic
def publish_edition(path: Path) -> tuple[Edition, bool]:
    """The edition of a GeoJSON file (EPSG:4326), and whether this call made it.

    The first edition is in force from ``_BEGINNING``, a later one from the moment of this call, and
    it is recorded which of its districts came from which of the edition before. An edition of that
    code that exists already stays as it is; ``EditionDiffers`` if the file differs from it.
    ``ValueError`` if the districts overlap or leave a gap.
    """
    collection = json.loads(path.read_text())
    if edition := Edition.objects.filter(code=collection["edition"]).first():
        _check_same(edition, collection["features"])
        return edition, False
    before = Edition.objects.in_force_or_none()
    edition = Edition.objects.create(
        code=collection["edition"],
        source=collection["source"],
        credit=collection["credit"],
        source_date=date.fromisoformat(collection["source_date"]),
        based_on=before,
    )
    districts = _write_districts(edition, collection["features"])
    write_borders(edition, districts)
    record_descents(edition)
    edition.checked_at = edition.approved_at = timezone.now()
    edition.save(update_fields=["checked_at", "approved_at"])
    refresh_index(concurrently=False)
    at = timezone.now() if before else _BEGINNING
    row = Activation.objects.create(layer_id=OSIEDLA, edition=edition, at=at)
    came_into_force.send(sender=Activation, activation=row)
    return edition, True


def _check_same(edition: Edition, features: list[dict]) -> None:
    stored = {row.code: row for row in edition.districts.defer("outline", "label_point")}
    same = len(features) == len(stored) and all(
        (row := stored.get(feature["properties"]["code"]))
        and row.name == feature["properties"]["name"]
        and row.borough == feature["properties"]["borough"]
        and row.boundary.equals(as_multipolygon(shape(feature["geometry"])))
        for feature in features
    )
    if not same:
        raise EditionDiffers(f"edition {edition} is published; give the new boundaries a new code")


def _write_districts(edition: Edition, features: list[dict]) -> list[District]:
    polygons = [shape(feature["geometry"]) for feature in features]
    check_coverage(polygons)
    rows = [
        District(
            edition=edition,
            label_point=Point(feature["properties"].pop("label_point"), srid=4326),
            boundary=as_multipolygon(polygon),
            outline=as_multipolygon(outline),
            **feature["properties"],
        )
        for feature, polygon, outline in zip(features, polygons, outlines_of(polygons), strict=True)
    ]
    return District.objects.bulk_create(rows)
