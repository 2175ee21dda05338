"""Files of boundaries, written by GDAL as QGIS would write them, for tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyogrio.raw
import shapely
from django.contrib.gis.geos import GEOSGeometry

from districts.editions.drafting import Shape, shapes_of
from districts.models import Edition

Rows = Sequence[Mapping[str, object]]
# Format → driver, name of the file, options.
FORMATS = {
    "gpkg": ("GPKG", "b.gpkg", {}),
    "shp": ("ESRI Shapefile", "b.shp", {}),
    "geojson": ("GeoJSON", "b.geojson", {}),
    "gml": ("GML", "b.gml", {"FORMAT": "GML3.2"}),
    "kml": ("LIBKML", "b.kml", {}),
    "fgb": ("FlatGeobuf", "b.fgb", {}),
}


def in_crs(geometry: shapely.Geometry, crs: int) -> shapely.Geometry:
    """From EPSG:4326."""
    moved = GEOSGeometry(memoryview(shapely.to_wkb(geometry)), srid=4326)
    moved.transform(crs)
    return shapely.from_wkb(bytes(moved.wkb))


def rows_of(shapes: Mapping[str, Shape]) -> list[dict[str, object]]:
    return [
        {"kod": code, "nazwa": one.name, "dzielnica": one.borough, "geometry": one.boundary}
        for code, one in shapes.items()
    ]


def districts_in_force() -> list[dict[str, object]]:
    return rows_of(shapes_of(Edition.objects.in_force()))


def written(
    kind: str, rows: Rows, *, crs: int | None = 4326, encoding: str = "UTF-8", **options: object
) -> bytes:
    """``rows``: texts by field and ``geometry`` (EPSG:4326; None for none)."""
    driver, name, own = FORMATS[kind]
    fields = [field for field in rows[0] if field != "geometry"]
    types = {row["geometry"].geom_type for row in rows if row["geometry"] is not None}
    if types <= {"Polygon", "MultiPolygon"}:
        geometry_type = "MultiPolygon" if "MultiPolygon" in types and kind != "shp" else "Polygon"
    else:
        geometry_type = types.pop() if len(types) == 1 else "Unknown"
    shapes = [row["geometry"] for row in rows]
    if kind != "shp" and geometry_type == "MultiPolygon":
        shapes = [one and shapely.MultiPolygon(shapely.get_parts(one)) for one in shapes]
    geometry = [_encoded(one, crs) for one in shapes]
    with TemporaryDirectory() as folder:
        pyogrio.raw.write(
            Path(folder) / name,
            np.array(geometry, dtype=object),
            [np.array([row[field] for row in rows], dtype=object) for field in fields],
            fields,
            layer=options.pop("layer", "osiedla") if kind != "shp" else None,
            driver=driver,
            geometry_type=options.pop("geometry_type", geometry_type),
            crs=f"EPSG:{crs}" if crs else None,
            encoding=encoding if kind == "shp" else None,
            promote_to_multi=False,
            **own,
            **options,
        )
        if kind != "shp":
            return (Path(folder) / name).read_bytes()
        return zipped({path.name: path.read_bytes() for path in Path(folder).iterdir()})


def _encoded(geometry: shapely.Geometry | None, crs: int | None) -> bytes | None:
    if geometry is None:
        return None
    return shapely.to_wkb(in_crs(geometry, crs) if crs else geometry, output_dimension=3)


def zipped(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return content.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
