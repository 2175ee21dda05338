"""GEOS and GDAL, from the Python wheels if they are installed and else from the system; the map."""

from importlib.util import find_spec
from pathlib import Path

from .env import VAR_DIR, env


def _bundled_library(package: str, pattern: str) -> str | None:
    """The path of the library that a wheel brings in ``<package>.libs/``, or None."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent.parent / f"{package}.libs"
    return next((str(path) for path in sorted(folder.glob(pattern))), None)


if geos := _bundled_library("shapely", "libgeos_c-*.so*"):
    GEOS_LIBRARY_PATH = geos
if gdal := _bundled_library("pyogrio", "libgdal-*.so*"):
    GDAL_LIBRARY_PATH = gdal

# The base map in force, and those being made. Without one, and without tiles, the map draws the
# districts and the addresses of our own data.
BASEMAP_DIR = env.path("BASEMAP_DIR", VAR_DIR / "basemap")
# The extract of which bin/basemap makes it; its checksum lies beside it (.md5).
BASEMAP_EXTRACT_URL = env.str(
    "BASEMAP_EXTRACT_URL", "https://download.geofabrik.de/europe/poland/lodzkie-latest.osm.pbf"
)
# Pictures from a server of tiles instead.
MAP_TILE_URL = env.str("MAP_TILE_URL", "")
MAP_TILE_ATTRIBUTION = env.str("MAP_TILE_ATTRIBUTION", "© OpenStreetMap contributors")
MAP_BOUNDS = (19.32, 51.68, 19.64, 51.87)  # west, south, east, north; EPSG:4326

LEAFLET_CONFIG = {
    "SPATIAL_EXTENT": MAP_BOUNDS,
    "DEFAULT_CENTER": (51.7687, 19.4569),
    "DEFAULT_ZOOM": 12,
    "MIN_ZOOM": 10,
    "MAX_ZOOM": 19,
    "TILES": [],
    "ATTRIBUTION_PREFIX": "",
    "RESET_VIEW": False,
    "SCALE": None,
}
