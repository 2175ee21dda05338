"""What a child can do. Each job reads one file and writes another (JSON a line), see
``districts.editions.uploading.child``.
"""

import json
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import shapely

from owed.forking import Job, Refusal

from .kinds import Ready, make_ready
from .reading import (
    areas_of,
    check_size,
    describe_layer,
    list_layers,
    read_layer,
)

# Values of a field that are shown to choose by, and the fields that are.
_SAMPLES, _LONGEST_SAMPLE = 3, 60
_MOST_FIELDS = 60
# Values in all, beyond which a drawing has no names.
_MOST_LABELS = 50_000
# A drawing of a layer has at most so many features, and about so many vertices.
_MOST_DRAWN, _DRAWN_VERTICES = 6_000, 30_000


def look(
    source: BinaryIO, target: BinaryIO, *, folder: str, encoding: str | None = None
) -> dict[str, Any]:
    """Write a line for each layer: ``name``, ``crs`` (as GDAL says it, or null), ``rows``,
    ``fields`` with ``samples``, ``labels`` (all values by field, unless these are too many), and
    ``drawing``: WKB (hex, in that CRS) of simplified shapes.
    """
    ready = make_ready(source, Path(folder), encoding=encoding)
    layers = [_look_at(ready, name) for name in list_layers(ready)]
    if not any(layer["rows"] for layer in layers):
        raise Refusal("file_empty")
    for layer in layers:
        _write(target, layer)
    return {"driver": ready.driver, "encoding": ready.encoding, "notes": ready.notes}


def read(
    source: BinaryIO,
    target: BinaryIO,
    *,
    folder: str,
    layer: str,
    fields: dict[str, str],
    encoding: str | None = None,
) -> dict[str, Any]:
    """Write a line for each row of ``layer``: the texts of ``fields`` (what for → name), and
    ``area``, WKB (hex) in the CRS of the layer. All rows are good, or ``Refusal``.
    """
    ready = make_ready(source, Path(folder), encoding=encoding)
    info = describe_layer(ready, layer)
    check_size(int(info["features"]))
    encoded, texts = read_layer(ready, layer, sorted(set(fields.values())))
    label = texts[fields.get("name") or fields["code"]]
    areas, notes = areas_of(encoded, label)
    for row, area in enumerate(areas):
        values = {what: texts[name][row] for what, name in fields.items()}
        _write(target, values | {"area": shapely.to_wkb(area, hex=True)})
    vertices = int(shapely.get_num_coordinates(areas).sum())
    return {"crs": info["crs"], "vertices": vertices, "notes": ready.notes + notes}


def _look_at(ready: Ready, name: str) -> dict[str, Any]:
    info = describe_layer(ready, name)
    rows = int(info["features"])
    check_size(rows)
    encoded, texts = read_layer(ready, name, [str(one) for one in info["fields"][:_MOST_FIELDS]])
    fields = [{"name": field, "samples": _samples(values)} for field, values in texts.items()]
    labels = {}
    if rows * len(texts) <= _MOST_LABELS:
        labels = {
            field: [value[:_LONGEST_SAMPLE] for value in values] for field, values in texts.items()
        }
    return {
        "name": name,
        "crs": info["crs"],
        "rows": rows,
        "fields": fields,
        "labels": labels,
        "drawing": _drawing(encoded),
    }


def _samples(values: list[str]) -> list[str]:
    different = dict.fromkeys(value[:_LONGEST_SAMPLE] for value in values if value)
    return list(different)[:_SAMPLES]


def _drawing(encoded: np.ndarray) -> list[str | None]:
    """Simplified just enough to be drawn; no faults are told before a layer is chosen."""
    shapes = shapely.force_2d(shapely.from_wkb(encoded[:_MOST_DRAWN], on_invalid="ignore"))
    check_size(len(encoded), int(shapely.get_num_coordinates(shapes).sum()))
    if not len(shapes) or not np.isfinite(shapely.total_bounds(shapes)).all():
        return []
    bounds = shapely.total_bounds(shapes)
    tolerance = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / 4000
    while shapely.get_num_coordinates(shapes).sum() > _DRAWN_VERTICES:
        shapes = shapely.simplify(shapes, tolerance, preserve_topology=False)
        tolerance *= 2
        if tolerance > (bounds[2] - bounds[0]) + (bounds[3] - bounds[1]):
            break
    return [
        None if shape is None or shape.is_empty else shapely.to_wkb(shape, hex=True)
        for shape in shapes
    ]


def _write(target: BinaryIO, row: dict[str, Any]) -> None:
    target.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


JOBS: dict[str, Job] = {"look": look, "read": read}
