"""Points for tests: on the real borders, and real places with a known district. EPSG:4326."""

import csv
import itertools
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.gis.geos import Point

from districts.editions.deriving import as_name
from districts.models import District, Edition

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
needs_data = pytest.mark.skipif(
    not DATA.exists(), reason=f"no real data beside the checkout: {DATA}"
)


def point(lon: float, lat: float) -> Point:
    return Point(lon, lat, srid=4326)


def along(start, end, share: float, away: float):
    """A point of the edge, moved ``away`` degrees to its left."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5
    return point(
        start[0] + share * dx - away * dy / length, start[1] + share * dy + away * dx / length
    )


def rings(edition: Edition | None = None) -> list[tuple[str, list[tuple[float, float]]]]:
    """Code and closed ring of every district."""
    rows = District.objects.filter(edition=edition or Edition.objects.in_force())
    return [(row.code, list(row.boundary.coords[0][0])) for row in rows]


def edges() -> dict[tuple, set[str]]:
    """Every straight edge (its ends in order) with the codes of the districts that have it."""
    found: dict[tuple, set[str]] = {}
    for code, ring in rings():
        for start, end in itertools.pairwise(ring):
            found.setdefault((min(start, end), max(start, end)), set()).add(code)
    return found


def vertices() -> dict[tuple, set[str]]:
    found: dict[tuple, set[str]] = {}
    for code, ring in rings():
        for vertex in ring:
            found.setdefault(vertex, set()).add(code)
    return found


def corners() -> dict[tuple, set[str]]:
    """Where three districts or more meet."""
    return {vertex: codes for vertex, codes in vertices().items() if len(codes) >= 3}


def budget_points() -> list[tuple[str, str, Point]]:
    """Id, name of the district as the city gave it, place."""
    features = json.loads((DATA / "projects_lbo_2026.geojson").read_text())["features"]
    return [
        (f["id"], as_name(f["properties"]["osiedle"]), point(*f["geometry"]["coordinates"]))
        for f in features
    ]


def geocoded_addresses() -> list[tuple[str, str, Point]]:
    with (DATA / "addresses_geocoded.csv").open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [
        (
            f"{r['ulica']} {r['numer']}",
            as_name(r["osiedle"]),
            point(float(r["lon"]), float(r["lat"])),
        )
        for r in rows
    ]
