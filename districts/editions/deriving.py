"""The product's own fixture, derived from the city's export of osiedla. EPSG:4326, ≤ 6 decimals."""

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


def derive(source: Path) -> Iterator[str]:
    """Lines of a GeoJSON FeatureCollection, one district a line, shared borders kept exactly."""
    features = json.loads(source.read_text())["features"]
    features.sort(key=lambda feature: feature["properties"]["slug"])
    outlines = _rounded([shape(feature["geometry"]) for feature in features])
    yield (
        json.dumps({"type": "FeatureCollection"} | _SOURCE, ensure_ascii=False)[:-1]
        + ', "features": ['
    )
    lines = [_line(*pair) for pair in zip(features, outlines, strict=True)]
    yield ",\n".join(lines)
    yield "]}"


def _line(feature: dict, outline: shapely.Polygon) -> str:
    properties = feature["properties"]
    own = {
        "code": properties["slug"],
        "name": properties["nazwa"],
        "borough": properties["dzielnica"],
        "teryt": properties["jednostka_ewid"],
        "population": properties["ludnosc_2018"],
        "label_point": properties["etykieta"],
    }
    row = {"type": "Feature", "properties": own, "geometry": mapping(outline)}
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _rounded(polygons: list[shapely.Polygon]) -> list[shapely.Polygon]:
    """The same coverage on a grid of 10⁻⁶ degrees (about 0.1 m), valid and without gaps.

    Every vertex is rounded alike, so shared borders stay shared. Where rounding makes a border
    touch itself, the vertex in the way is dropped from every polygon that has it.
    """
    outlines = [_on_grid(polygon) for polygon in polygons]
    while broken := next((polygon for polygon in outlines if not polygon.is_valid), None):
        outlines = _without(_nearest_removable(outlines, _fault_of(broken)), outlines)
    check_coverage(outlines)
    return outlines


def _on_grid(polygon: shapely.Polygon) -> shapely.Polygon:
    return shapely.remove_repeated_points(shapely.transform(polygon, lambda c: c.round(_DECIMALS)))


def _fault_of(polygon: shapely.Polygon) -> shapely.Point:
    x, y = re.findall(r"-?\d+\.\d+", shapely.is_valid_reason(polygon))
    return shapely.Point(float(x), float(y))


def _nearest_removable(
    outlines: list[shapely.Polygon], place: shapely.Point
) -> tuple[float, float]:
    """The vertex next to ``place`` that is no corner of three districts."""
    uses = Counter(vertex for polygon in outlines for vertex in set(polygon.exterior.coords))
    removable = (vertex for vertex, used in uses.items() if used < 3)
    return min(removable, key=lambda vertex: place.distance(shapely.Point(vertex)))


def _without(vertex: tuple[float, float], outlines: list[shapely.Polygon]) -> list[shapely.Polygon]:
    return [
        shapely.Polygon([corner for corner in polygon.exterior.coords if corner != vertex])
        if vertex in polygon.exterior.coords
        else polygon
        for polygon in outlines
    ]
