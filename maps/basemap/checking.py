"""Whether a file can be the base map: whole, vector tiles of our schema, of this city."""

from math import asinh, floor, pi, radians, tan
from pathlib import Path

from django.contrib.gis.db.models import Extent
from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from districts.models import District, Edition

from .archive import Archive, Entry, TileType, number_of
from .contents import read_layers
from .errors import BasemapError

# Streets are drawn from about here on; what is nearer is enlarged from the last tiles.
_LEAST_MAX_ZOOM = 14
# The whole city on a phone.
_MOST_MIN_ZOOM = 11
# As many tiles are decoded; all are unpacked, which proves their checksums.
_SAMPLE = 200
# A street has a kind and a name, in the schema of Protomaps.
_NEEDED = {"roads": {"kind"}}


def check_basemap(path: Path) -> None:
    """Raises ``BasemapError`` with the reason why the file at ``path`` cannot be the base map."""
    with path.open("rb") as file:
        archive = Archive(file)
        header = archive.header
        if header.tile_type != TileType.VECTOR:
            raise BasemapError(_("W pliku są obrazki, a potrzeba kafelków wektorowych (MVT)."))
        if header.min_zoom > _MOST_MIN_ZOOM or not _LEAST_MAX_ZOOM <= header.max_zoom <= 22:
            problem = _(
                "Plik ma przybliżenia od %(low)s do %(high)s, a potrzeba od %(most)s do co najmniej"
                " %(least)s."
            )
            wanted = {"most": _MOST_MIN_ZOOM, "least": _LEAST_MAX_ZOOM}
            found = {"low": header.min_zoom, "high": header.max_zoom}
            raise BasemapError(problem % (found | wanted))
        _check_place(archive)
        _check_tiles(archive)


def box_of_city() -> tuple[float, float, float, float]:
    """West, south, east, north of the districts in force (degrees, EPSG:4326)."""
    rows = District.objects.filter(edition=Edition.objects.in_force())
    box = rows.aggregate(box=Extent("boundary"))["box"]
    if box is None:
        raise BasemapError(
            _("Portal nie zna jeszcze granic miasta. Wczytaj je: manage.py prepare.")
        )
    return box


def _check_place(archive: Archive) -> None:
    west, south, east, north = archive.header.bounds
    city = box_of_city()
    if west > city[0] or south > city[1] or east < city[2] or north < city[3]:
        problem = _("Plik nie obejmuje całego miasta: sięga %(file)s, a miasto %(city)s.")
        raise BasemapError(
            problem % {"file": _in_words((west, south, east, north)), "city": _in_words(city)}
        )


def _in_words(box: tuple[float, float, float, float]) -> str:
    west, south, east, north = (f"{degrees:.3f}" for degrees in box)
    return f"{west}–{east}° E, {south}–{north}° N"


def _check_tiles(archive: Archive) -> None:
    entries = archive.entries()
    step = max(1, len(entries) // _SAMPLE)
    kinds: dict[str, set[str]] = {}
    for place, entry in enumerate(entries):
        content = archive.tile(entry)
        if place % step == 0:
            for layer, keys in read_layers(content).items():
                kinds.setdefault(layer, set()).update(keys)
    _check_every_district(archive, entries)
    missing = [layer for layer, keys in _NEEDED.items() if not keys <= kinds.get(layer, set())]
    if missing:
        problem = _(
            "Kafelki mają inne warstwy niż schemat Protomaps: brakuje %(missing)s, są: %(layers)s."
        )
        layers = ", ".join(sorted(kinds)) or "–"
        raise BasemapError(problem % {"missing": ", ".join(missing), "layers": layers})


def _check_every_district(archive: Archive, entries: list[Entry]) -> None:
    """What the header says of its bounds may be wrong: a tile must lie over each district."""
    zoom = archive.header.max_zoom
    runs = sorted((entry.tile, entry.tile + entry.run) for entry in entries)
    wanted = District.objects.filter(edition=Edition.objects.in_force())
    for row in wanted.defer("boundary", "outline"):
        number = number_of(zoom, *tile_over(row.label_point, zoom))
        if not any(first <= number < end for first, end in runs):
            problem = _("W pliku nie ma mapy osiedla %(district)s.")
            raise BasemapError(problem % {"district": row.name})


def tile_over(point: Point, zoom: int) -> tuple[int, int]:
    """Column and row (from the north) of the tile over ``point`` (EPSG:4326)."""
    side = 1 << zoom
    column = (point.x + 180) / 360 * side
    row = (1 - asinh(tan(radians(point.y))) / pi) / 2 * side
    return floor(column), floor(row)
