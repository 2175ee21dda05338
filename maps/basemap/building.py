"""Makes the base map of the city from an OpenStreetMap extract, by osmium-tool and tippecanoe."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import shapely
from django.conf import settings
from django.utils.translation import gettext as _

from .checking import box_of_city
from .errors import BasemapError
from .features import WANTED, Feature, read_features

MAX_ZOOM = 15
# Leaflet shows the whole city from 9 on; a tile of 8 is drawn there.
_MIN_ZOOM = 8
# Degrees around the districts, some two kilometres: who stands at the border sees beyond it.
_MARGIN = 0.025
LARGEST = 40 * 1000 * 1000  # bytes
_Say = Callable[[str], None]


def build_basemap(extract: Path, target: Path, say: _Say) -> Path:
    """Write the base map of the city to ``target``; returns a smaller extract of the city alone,
    beside it. ``say`` is told each step. Raises ``BasemapError``.

    Nothing is left out for want of room: at ``MAX_ZOOM`` each building and each number is there.
    """
    osmium, tippecanoe = _tool("osmium"), _tool("tippecanoe")
    box = _box()
    with TemporaryDirectory(dir=target.parent) as name:
        folder = Path(name)
        # Not yet where it is to lie: ``extract`` may be that very file.
        city, drawn = folder / "city.osm.pbf", folder / "drawn.osm.pbf"
        features = folder / "features.geojsonl"
        say(_("Wycinam miasto z pliku OpenStreetMap."))
        corners = ",".join(f"{degrees:.6f}" for degrees in box)
        _run(osmium, "extract", "--bbox", corners, "--strategy", "smart", extract, "-O", "-o", city)
        _run(osmium, "tags-filter", city, *WANTED, "-O", "-o", drawn)
        say(_("Wybieram ulice, tory, budynki, wodę i zieleń."))
        count = _write_features(drawn, features, box)
        if not count:
            raise BasemapError(_("W pliku nie ma nic z tego miasta. Czy to właściwe województwo?"))
        say(_("Układam kafelki z %(count)s obiektów.") % {"count": count})
        _run(
            tippecanoe,
            "--output=city.pmtiles",
            "--quiet",
            "--name=Podkład mapy miasta",
            "--attribution=© OpenStreetMap contributors",
            f"--minimum-zoom={_MIN_ZOOM}",
            f"--maximum-zoom={MAX_ZOOM}",
            "--temporary-directory=.",
            # Each feature says from where on it is drawn; nothing else may be dropped.
            "--drop-rate=1",
            "--no-feature-limit",
            "--no-tile-size-limit",
            "--no-tile-stats",
            # Streets that meet still meet in the tiles.
            "--no-simplification-of-shared-nodes",
            "--simplify-only-low-zooms",
            # A name must not be cut at the edge of its tile.
            "--buffer=8",
            features.name,
            # The file keeps the words of this command: no path of this machine among them.
            folder=folder,
        )
        (folder / "city.pmtiles").replace(target)
        return city.replace(target.with_suffix(".osm.pbf"))


def _box() -> tuple[float, float, float, float]:
    west, south, east, north = box_of_city()
    return west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN


def _write_features(source: Path, target: Path, box: tuple[float, float, float, float]) -> int:
    """One GeoJSON feature a line; returns how many, the ground not counted."""
    count = 0
    with target.open("w") as file:
        file.write(_line(Feature("earth", _MIN_ZOOM, {"kind": "earth"}, shapely.box(*box))))
        for feature in read_features(source):
            file.write(_line(feature))
            count += 1
    return count


def _line(feature: Feature) -> str:
    about = {"layer": feature.layer, "minzoom": max(feature.min_zoom, _MIN_ZOOM)}
    row = {"type": "Feature", "tippecanoe": about, "properties": feature.properties}
    # The shape is text already.
    return f'{json.dumps(row)[:-1]}, "geometry": {shapely.to_geojson(feature.shape)}}}\n'


def _tool(name: str) -> str:
    if path := shutil.which(name):
        return path
    problem = _("Brakuje programu %(name)s. Uruchom bin/basemap, który go zainstaluje.")
    raise BasemapError(problem % {"name": name})


def _run(*command: str | Path, folder: Path | None = None) -> None:
    ended = subprocess.run(  # noqa: S603
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        reason = ended.stderr.strip().splitlines() or [str(ended.returncode)]
        name = Path(command[0]).name
        raise BasemapError(f"{name}: {reason[-1]}")


def working_folder() -> Path:
    """Where what is downloaded and made lies; beside the base maps, out of sight of the proxy."""
    folder = settings.BASEMAP_DIR / "warsztat"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
