"""Derives the fixture of districts from the city's export of osiedla.

EPSG:4326, at most six decimals.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import shapely
from shapely.geometry import mapping, shape

from .coverage import check_coverage

_DECIMALS = 6
_SOURCE = {
    "source": "Granice osiedli Łodzi, wyciąg z systemu informacji przestrzennej miasta",
    "source_date": "2026-01-01",
    "credit": "Granice osiedli: Urząd Miasta Łodzi",
    "edition": "2026-01",
}


def derive_districts(source: Path) -> Iterator[str]:
    """Lines of a GeoJSON FeatureCollection, one district a line, shared borders kept exactly."""
    features = json.loads(source.read_text())["features"]
    features.sort(key=lambda feature: feature["properties"]["slug"])
    polygons = _round_coverage([shape(feature["geometry"]) for feature in features])
    head = json.dumps({"type": "FeatureCollection"} | _SOURCE, ensure_ascii=False)
    yield head[:-1] + ', "features": ['
    lines = []
    for feature, polygon in zip(features, polygons, strict=True):
        given = feature["properties"]
        properties = {
            "code": given["slug"],
            "name": as_name(given["nazwa"]),
            "borough": given["dzielnica"],
            "teryt": given["jednostka_ewid"],
            "population": given["ludnosc_2018"],
            "label_point": given["etykieta"],
        }
        row = {"type": "Feature", "properties": properties, "geometry": mapping(polygon)}
        lines.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    yield ",\n".join(lines)
    yield "]}"


def as_name(written: str) -> str:
    """The export writes "nr 33"; the osiedle's own name is "Nr 33"."""
    return re.sub(r"^nr\b", "Nr", written)


def _round_coverage(polygons: list[shapely.Polygon]) -> list[shapely.Polygon]:
    """The same coverage on a grid of 10⁻⁶ degrees (about 0.1 m), valid and without gaps.

    Every vertex is rounded in the same way, so shared borders stay shared. Where rounding makes a
    border touch itself, the vertex nearest to that spot is removed from every polygon that has it.
    """
    rounded = [
        shapely.remove_repeated_points(shapely.transform(polygon, lambda c: c.round(_DECIMALS)))
        for polygon in polygons
    ]
    while broken := next((polygon for polygon in rounded if not polygon.is_valid), None):
        x, y = re.findall(r"-?\d{1,9}\.\d{1,20}", shapely.is_valid_reason(broken))
        nearest = _nearest_removable(rounded, shapely.Point(float(x), float(y)))
        rounded = [
            shapely.Polygon([vertex for vertex in polygon.exterior.coords if vertex != nearest])
            if nearest in polygon.exterior.coords
            else polygon
            for polygon in rounded
        ]
    check_coverage(rounded)
    return rounded


def _nearest_removable(polygons: list[shapely.Polygon], spot: shapely.Point) -> tuple[float, float]:
    """The vertex nearest to ``spot`` that is not a corner of three districts."""
    uses = Counter(vertex for polygon in polygons for vertex in set(polygon.exterior.coords))
    removable = (vertex for vertex, used in uses.items() if used < 3)
    return min(removable, key=lambda vertex: spot.distance(shapely.Point(vertex)))
