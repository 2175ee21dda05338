"""Vector tiles of the boundaries in force, read by GDAL."""

import math

import numpy as np
import pyogrio
import pyogrio.raw
import pytest
import shapely
from django.utils import timezone

from districts.editions.activating import activate_edition
from districts.models import Activation, District, Edition
from districts.tiling import MAX_ZOOM
from tests.districts.editions.drafts import approved, exchanged, gis, inside, square
from tests.factories import CITY_HALL

pytestmark = pytest.mark.django_db
TILES = "/api/v1/districts/tiles"
RADIUS = 6378137
# Half of the circumference of the world in Web Mercator, in metres.
HALF = math.pi * RADIUS


def to_mercator(lon, lat):
    return RADIUS * np.radians(lon), RADIUS * np.log(np.tan(math.pi / 4 + np.radians(lat) / 2))


def tile_at(point, zoom: int) -> tuple[int, int, int]:
    east, north = to_mercator(point.x, point.y)
    side = 2 * HALF / 2**zoom
    return zoom, int((east + HALF) / side), int((HALF - north) / side)


def fetch(client, tile: tuple[int, int, int], **values):
    return client.get(f"{TILES}/{tile[0]}/{tile[1]}/{tile[2]}.mvt", **values)


def decoded(answer, tile, tmp_path, layer: str = "districts") -> dict[str, shapely.Geometry]:
    """By code, the geometries (EPSG:3857) of a layer of a tile; empty layers are left out of it."""
    path = tmp_path / "tile.mvt"
    path.write_bytes(answer.content)
    options = dict(zip("ZXY", map(str, tile), strict=True))
    if layer not in pyogrio.list_layers(path)[:, 0]:
        return {}
    meta, _fids, shapes, values = pyogrio.raw.read(path, layer=layer, **options)
    codes = values[list(meta["fields"]).index("code")]
    return dict(zip(codes, shapely.from_wkb(shapes), strict=True))


def box_of(tile: tuple[int, int, int]) -> shapely.Polygon:
    zoom, column, row = tile
    side = 2 * HALF / 2**zoom
    west, north = column * side - HALF, HALF - row * side
    return shapely.box(west, north - side, west + side, north)


def in_metres(row: District) -> shapely.Geometry:
    shape = shapely.from_wkb(bytes(row.boundary.wkb))
    return shapely.transform(shape, lambda c: np.column_stack(to_mercator(c[:, 0], c[:, 1])))


@pytest.mark.parametrize(("zoom", "most_off"), [(0, 40_000), (10, 50), (12, 20), (14, 2)])
def test_a_tile_holds_the_districts_as_they_are(client, tmp_path, zoom, most_off):
    """``most_off``: metres by which a border may lie elsewhere, simplified or on the grid."""
    tile = tile_at(CITY_HALL, zoom)
    answer = fetch(client, tile)
    assert answer["Content-Type"] == "application/vnd.mapbox-vector-tile"
    found = decoded(answer, tile, tmp_path)
    box = box_of(tile)
    rows = District.objects.filter(edition=Edition.objects.in_force())
    for row in rows:
        expected = in_metres(row) & box
        if expected.area < most_off**2 * 10:
            continue
        drawn = found[row.code] & box
        difference = shapely.symmetric_difference(drawn, expected)
        assert shapely.buffer(difference, -most_off).is_empty, row.code
    names = {row.code for row in rows.defer("boundary", "outline") if row.code in found}
    assert "katedralna" in names


def test_names_stand_once_at_their_point(client, tmp_path):
    row = District.objects.get(edition=Edition.objects.in_force(), code="katedralna")
    tile = tile_at(row.label_point, 14)
    [shape] = [
        shape
        for code, shape in decoded(fetch(client, tile), tile, tmp_path, "names").items()
        if code == "katedralna"
    ]
    there = shapely.Point(to_mercator(*row.label_point.coords))
    assert shape.distance(there) < 2
    beside = (tile[0], tile[1] + 1, tile[2])
    assert "katedralna" not in decoded(fetch(client, beside), beside, tmp_path, "names")


def test_where_nothing_lies_a_tile_is_empty(client):
    answer = fetch(client, (10, 0, 0))
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_tile_may_be_kept_until_the_boundaries_change(client):
    tile = tile_at(CITY_HALL, 12)
    first = fetch(client, tile)
    assert set(first["Cache-Control"].split(", ")) == {"public", "no-cache"}
    assert first["Access-Control-Allow-Origin"] == "*"
    kept = {"if-none-match": first["ETag"]}
    again = fetch(client, tile, headers=kept)
    assert (again.status_code, again.content) == (304, b"")
    edition = exchanged("next")
    Activation.objects.create(layer=edition.layer, edition=edition, at=timezone.now())
    changed = fetch(client, tile, headers=kept)
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert changed.content != first.content


def test_tiles_are_compressed(client):
    answer = fetch(client, tile_at(CITY_HALL, 12), headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"


def test_another_layer_is_asked_for_by_its_code(client, tmp_path):
    tile = tile_at(inside(0), 14)
    edition = approved("m1", {"a": square(0), "b": square(1)})
    nothing = fetch(client, tile, query_params={"layer": "mowing"})
    assert (nothing.status_code, nothing.json()["code"]) == (404, "not_found")
    activate_edition(edition, by=gis("gis"))
    answer = fetch(client, tile, query_params={"layer": "mowing"})
    assert set(decoded(answer, tile, tmp_path)) == {"a", "b"}
    wrong = fetch(client, tile, query_params={"layer": "x"})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (400, ["layer"])


@pytest.mark.parametrize(
    ("tile", "field"),
    [
        (("a", 0, 0), "z"),
        ((0, "0.5", 0), "x"),
        ((0, 0, "-1"), "y"),
        ((0, 0, "1" * 30), "y"),
        (("٣", 0, 0), "z"),
    ],
)
def test_what_is_no_number_is_400(client, tile, field):
    answer = fetch(client, tile)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


@pytest.mark.parametrize("tile", [(MAX_ZOOM + 1, 0, 0), (0, 1, 0), (0, 0, 1), (3, 8, 0), (3, 0, 8)])
def test_a_tile_that_does_not_exist_is_404(client, tile):
    answer = fetch(client, tile)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "od 0 do 16" in answer.json()["detail"]


def test_the_last_tile_of_each_zoom_exists(client):
    assert fetch(client, (MAX_ZOOM, 2**MAX_ZOOM - 1, 2**MAX_ZOOM - 1)).status_code == 200


def test_a_tile_takes_few_statements(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        fetch(client, tile_at(CITY_HALL, 12))


def test_tilejson_tells_a_map_what_there_is(client, settings):
    answer = client.get(f"{TILES}.json")
    told = answer.json()
    assert told["tiles"] == [settings.SITE_URL + TILES + "/{z}/{x}/{y}.mvt"]
    assert told["attribution"] == "Granice osiedli: Urząd Miasta Łodzi"
    assert [layer["id"] for layer in told["vector_layers"]] == ["districts", "names"]
    west, south, east, north = told["bounds"]
    assert west < CITY_HALL.x < east
    assert south < CITY_HALL.y < north
    assert (told["minzoom"], told["maxzoom"]) == (0, MAX_ZOOM)
    kept = client.get(f"{TILES}.json", headers={"if-none-match": answer["ETag"]})
    assert kept.status_code == 304
    activate_edition(approved("m1", {"a": square(0)}), by=gis("gis"))
    other = client.get(f"{TILES}.json", query_params={"layer": "mowing"}).json()
    assert other["tiles"][0].endswith(".mvt?layer=mowing")


def test_the_schema_describes_tiles(client):
    paths = client.get("/api/schema/?format=json").json()["paths"]
    tile = paths["/api/v1/districts/tiles/{z}/{x}/{y}.mvt"]["get"]
    assert "application/vnd.mapbox-vector-tile" in tile["responses"]["200"]["content"]
    assert {row["name"]: row["in"] for row in tile["parameters"]} == {
        "z": "path",
        "x": "path",
        "y": "path",
        "layer": "query",
    }
    assert "/api/v1/districts/tiles.json" in paths
