"""Reads layers of a ready file with GDAL, and the polygons in them."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FieldError

from owed.forking import Refusal

from .kinds import Ready

MOST_LAYERS = 50
MOST_ROWS = 20_000
MOST_VERTICES = 1_000_000
# How many faults of features are told, and how long a text in one may be.
_MOST_FAULTS = 20
_LONGEST_TEXT = 60
_BROKEN = (DataSourceError, DataLayerError, FieldError, ValueError, RuntimeError)
_AREAS = ("Polygon", "MultiPolygon")


def list_layers(ready: Ready) -> list[str]:
    """Names of the layers with geometry."""
    try:
        rows = pyogrio.list_layers(ready.path)
    except _BROKEN as fault:
        raise Refusal("file_damaged", kind=ready.driver) from fault
    names = [str(name) for name, geometry in rows if geometry is not None]
    if not names:
        raise Refusal("file_empty")
    if len(names) > MOST_LAYERS:
        raise Refusal("too_many_layers", layers=len(names), most=MOST_LAYERS)
    return names


def describe_layer(ready: Ready, layer: str) -> dict[str, Any]:
    """GDAL's description, see ``pyogrio.read_info``."""
    try:
        return pyogrio.read_info(
            ready.path, layer=layer, encoding=ready.encoding, force_feature_count=True
        )
    except UnicodeDecodeError as fault:
        raise Refusal("wrong_encoding", text="") from fault
    except _BROKEN as fault:
        raise Refusal("file_damaged", kind=ready.driver) from fault


def read_layer(
    ready: Ready, layer: str, columns: list[str]
) -> tuple[np.ndarray, dict[str, list[str]]]:
    """The geometry of each row as WKB (None where it has none), and columns as texts."""
    try:
        meta, _fids, geometry, values = pyogrio.raw.read(
            ready.path,
            layer=layer,
            encoding=ready.encoding,
            columns=columns,
            datetime_as_string=True,
        )
    except UnicodeDecodeError as fault:
        text = bytes(fault.object)[:_LONGEST_TEXT].decode("ascii", "replace")
        raise Refusal("wrong_encoding", text=text) from fault
    except _BROKEN as fault:
        raise Refusal("file_damaged", kind=ready.driver) from fault
    names = [str(name) for name in meta["fields"]]
    return geometry, {
        name: [_text(value) for value in column] for name, column in zip(names, values, strict=True)
    }


def check_size(rows: int, vertices: int = 0) -> None:
    """Raise ``Refusal`` if this is more than a division of a city can have."""
    if rows > MOST_ROWS:
        raise Refusal("too_many_rows", rows=rows, most=MOST_ROWS)
    if vertices > MOST_VERTICES:
        raise Refusal("too_many_vertices", vertices=vertices, most=MOST_VERTICES)


def areas_of(encoded: np.ndarray, labels: list[str]) -> tuple[np.ndarray, list[str]]:
    """The polygons of each row, in two dimensions and valid or not, and codes of notes.

    ``labels``: what each row is called, for the faults. Raises ``Refusal`` with the ``faults``:
    rows without a geometry, or whose geometry is broken or no area.
    """
    geometries = shapely.from_wkb(encoded, on_invalid="ignore")
    check_size(len(geometries), int(shapely.get_num_coordinates(geometries).sum()))
    notes = []
    heights = shapely.get_coordinates(geometries[shapely.has_z(geometries)], include_z=True)[:, 2]
    # KML has heights of zero where nobody gave any.
    if np.nan_to_num(heights).any() or shapely.has_m(geometries).any():
        notes.append("heights_dropped")
    flat = shapely.force_2d(geometries)
    areas = np.array([_as_area(one) for one in flat], dtype=object)
    faults = list(_faults(encoded, flat, areas, labels))
    if faults:
        raise Refusal("features", faults=faults[:_MOST_FAULTS], count=len(faults))
    return areas, notes


def _as_area(geometry: shapely.Geometry | None) -> shapely.Geometry | None:
    """None unless it consists of polygons only."""
    if geometry is None or geometry.geom_type in _AREAS:
        return geometry
    if geometry.geom_type == "GeometryCollection" and not geometry.is_empty:
        parts = [part for one in geometry.geoms for part in shapely.get_parts(one)]
        if all(part.geom_type == "Polygon" for part in parts):
            return shapely.MultiPolygon(parts)
    return None


def _faults(
    encoded: np.ndarray, flat: np.ndarray, areas: np.ndarray, labels: list[str]
) -> Iterator[dict[str, Any]]:
    rows = zip(encoded, flat, areas, labels, strict=True)
    for number, (given, geometry, area, label) in enumerate(rows, start=1):
        about = {"feature": number, "label": label[:_LONGEST_TEXT]}
        if given is None or (geometry is not None and geometry.is_empty):
            yield about | {"code": "empty_geometry"}
        elif geometry is None or not np.isfinite(shapely.get_coordinates(geometry)).all():
            yield about | {"code": "broken_geometry"}
        elif area is None:
            x, y = shapely.get_coordinates(geometry)[0]
            at = [float(x), float(y)]
            yield about | {"code": "not_an_area", "type": geometry.geom_type, "at": at}


def _text(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        # A column of numbers with a gap is one of fractions for numpy.
        return str(int(value))
    return str(value).strip()
