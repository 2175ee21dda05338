"""Editions, and what moves between two of them, as files for other programs: GeoJSON, GeoPackage,
Shapefile (EPSG:4326).
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from districts.models import Edition

from .change_sheet import ChangeSheet
from .keeping import keep

# To 0.1 mm.
_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds. ``columns``: texts or whole numbers (``counts``) by the names of fields,
    which a Shapefile wants to be no longer than ten letters; a count that nobody knows is None.
    ``shapes``: multipolygons, EPSG:4326. All in one order.
    """

    name: str
    ids: Sequence[str]
    texts: Mapping[str, Sequence[str]]
    counts: Mapping[str, Sequence[int | None]]
    shapes: Sequence[shapely.MultiPolygon]


@dataclass(frozen=True, slots=True)
class Format:
    """``write(table)`` gives the content of a file that ends with ``suffix``."""

    suffix: str
    name: str | Promise
    media: str
    write: Callable[[Table], bytes]


def table_of(edition: Edition) -> Table:
    """The districts of an edition, by code."""
    rows = list(
        edition.districts.annotate(wkb=AsWKB("boundary"))
        .order_by("code")
        .values("code", "name", "borough", "teryt", "population", "wkb")
    )
    return Table(
        edition.code,
        [row["code"] for row in rows],
        {name: [row[name] for row in rows] for name in ("code", "name", "borough", "teryt")},
        {"population": [row["population"] for row in rows]},
        [shapely.from_wkb(bytes(row["wkb"])) for row in rows],
    )


def table_of_changes(before: Edition, after: Edition, sheet: ChangeSheet) -> Table:
    """What moves, the largest piece first. An empty code is outside the layer."""
    pieces = [move.piece for move in sheet.moves]
    return Table(
        f"{before.code}_{after.code}",
        [str(move.number) for move in sheet.moves],
        {
            "from_code": [piece.source for piece in pieces],
            "from_name": [move.source for move in sheet.moves],
            "to_code": [piece.target for piece in pieces],
            "to_name": [move.target for move in sheet.moves],
            "what": [str(move.word) for move in sheet.moves],
        },
        {
            "m2": [round(piece.m2) for piece in pieces],
            "residents": [piece.residents for piece in pieces],
            "addresses": [piece.addresses for piece in pieces],
            "streets": [piece.streets for piece in pieces],
        },
        [piece.geometry for piece in pieces],
    )


def write_geojson(table: Table) -> bytes:
    """The canonical form: the same table always gives the same bytes. An approved edition never
    changes, so the checksum of its file identifies it.
    """
    columns = {**table.texts, **table.counts}
    features = ",\n".join(
        _json(
            {
                "type": "Feature",
                "id": key,
                "properties": {name: column[row] for name, column in columns.items()},
                "geometry": _coordinates(table.shapes[row]),
            }
        )
        for row, key in enumerate(table.ids)
    )
    head = f'{{"type":"FeatureCollection","name":{_json(table.name)},"features":['
    return f"{head}\n{features}\n]}}\n".encode()


def checksum(edition: Edition) -> str:
    """SHA-256 of the canonical GeoJSON of an approved edition, in hexadecimal."""
    return keep(
        "checksum", [edition], lambda: hashlib.sha256(write_geojson(table_of(edition))).hexdigest()
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _coordinates(shape: shapely.MultiPolygon) -> dict:
    """Outer rings turn to the left, as RFC 7946 wants them."""
    rounded = shapely.transform(shape, lambda corners: corners.round(_DECIMALS))
    return shapely.geometry.mapping(shapely.orient_polygons(rounded))


def _write_geopackage(table: Table) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{table.name}.gpkg"
        _write_by_gdal(table, path, "GPKG")
        return path.read_bytes()


def _write_shapefile(table: Table) -> bytes:
    """Its parts in one ZIP, texts in UTF-8."""
    packed = BytesIO()
    with TemporaryDirectory() as folder, ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        path = Path(folder) / f"{table.name}.shp"
        _write_by_gdal(table, path, "ESRI Shapefile", encoding="UTF-8")
        for part in sorted(Path(folder).iterdir()):
            archive.write(part, part.name)
    return packed.getvalue()


def _write_by_gdal(table: Table, path: Path, driver: str, **options: str) -> None:
    # Imported here because GDAL takes time and memory that nothing else in a web process needs.
    import pyogrio

    texts = [np.array(column, dtype=object) for column in table.texts.values()]
    counts = [
        np.array([number or 0 for number in column], dtype=np.int64)
        for column in table.counts.values()
    ]
    unknown = [np.array([number is None for number in column]) for column in table.counts.values()]
    pyogrio.raw.write(
        path,
        np.array([shapely.to_wkb(shape) for shape in table.shapes], dtype=object),
        [*texts, *counts],
        [*table.texts, *table.counts],
        field_mask=[*[None] * len(texts), *unknown],
        geometry_type="MultiPolygon",
        crs="EPSG:4326",
        driver=driver,
        **options,
    )


FORMATS = {
    row.suffix: row
    for row in (
        Format("geojson", "GeoJSON", "application/geo+json", write_geojson),
        Format("gpkg", "GeoPackage", "application/geopackage+sqlite3", _write_geopackage),
        Format("zip", _("Shapefile w ZIP"), "application/zip", _write_shapefile),
    )
}
