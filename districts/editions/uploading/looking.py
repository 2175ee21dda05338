"""What is in a file: its layers with their fields, and how each looks on the map."""

import json
from typing import Any

import shapely

from .child import Opened
from .faults import NotLoaded, problem
from .guessing import guess_fields
from .positions import drawn_in_wgs84, to_wgs84


def layers_of(opened: Opened) -> list[dict[str, Any]]:
    """The layers as ``EditionUpload.found`` keeps them: as ``opening.jobs.look`` writes them, with
    ``guess`` (``guessing``), ``position`` (a problem, or null: whether it lies in the city) and the
    ``drawing`` in EPSG:4326, null if the place cannot be told.
    """
    return [_layer(row) for row in opened.rows()]


def _layer(row: dict[str, Any]) -> dict[str, Any]:
    guess = guess_fields(row["fields"])
    labels = row.pop("labels").get(guess["name"])
    drawn = [
        (shapely.from_wkb(encoded), labels[number] if labels else str(number + 1))
        for number, encoded in enumerate(row.pop("drawing"))
        if encoded
    ]
    shapes = [shape for shape, _label in drawn]
    return row | {
        "guess": guess,
        "position": _position_problem(shapes, row["crs"]),
        "drawing": _drawing(shapes, [label for _shape, label in drawn], row["crs"]),
    }


def _position_problem(shapes: list[shapely.Geometry], crs: str | None) -> dict | None:
    if not shapes:
        return problem("file_empty")
    try:
        to_wgs84(shapes, crs)
    except NotLoaded as fault:
        return fault.problems[0]
    return None


def _drawing(shapes: list[shapely.Geometry], labels: list[str], crs: str | None) -> dict | None:
    """A GeoJSON FeatureCollection as maps of this room draw it."""
    moved = drawn_in_wgs84(shapes, crs) if shapes else None
    if moved is None:
        return None
    features = [
        {
            "type": "Feature",
            "properties": {"code": str(number), "name": label, "borough": ""},
            "geometry": json.loads(geometry),
        }
        for number, (geometry, label) in enumerate(
            zip(shapely.to_geojson(moved), labels, strict=True), start=1
        )
    ]
    return {"type": "FeatureCollection", "features": features}
