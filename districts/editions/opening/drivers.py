"""What of GDAL may be used: the drivers of six formats, and nothing that follows a link."""

import warnings

import pyogrio
from pyogrio import _ogr

DRIVERS = frozenset({"GPKG", "ESRI Shapefile", "GeoJSON", "GML", "LIBKML", "FlatGeobuf"})
_OPTIONS = {
    # GML: no schema by address, no linked elements, no file beside ours.
    "GML_DOWNLOAD_SCHEMA": "NO",
    "GML_DOWNLOAD_WFS_SCHEMA": "NO",
    "GML_SKIP_RESOLVE_ELEMS": "ALL",
    "LIBKML_RESOLVE_STYLE": "NO",
    # A table of a GeoPackage is not another file.
    "OGR_SQLITE_STATIC_VIRTUAL_OGR": "NO",
    "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",
    "PROJ_NETWORK": "OFF",
    "GDAL_NUM_THREADS": "1",
}


def keep_only_ours() -> None:
    """Take all other drivers away. ``RuntimeError`` if that fails; then nothing is opened."""
    others = set(pyogrio.list_drivers()) - DRIVERS
    pyogrio.set_gdal_config_options({**_OPTIONS, "GDAL_SKIP": ",".join(others)})
    # GDAL reads what to skip whenever it registers its drivers.
    _ogr._register_drivers()
    if set(pyogrio.list_drivers()) != DRIVERS:
        raise RuntimeError(f"GDAL has drivers {sorted(pyogrio.list_drivers())}")
    # What pyogrio warns of is told by our own notes.
    warnings.simplefilter("ignore")
