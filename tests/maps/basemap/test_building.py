"""From an OpenStreetMap extract to tiles and gazetteer, by the real programs."""

import pytest
from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.management import CommandError, call_command

from districts.models import Crossing, StreetLine
from maps.basemap.archive import Archive, number_of
from maps.basemap.building import LARGEST
from maps.basemap.checking import tile_over
from maps.basemap.features import Feature, read_features
from maps.basemap.installing import name_in_force
from tests.districts.extracts import at, street, write_extract
from tests.maps.basemap.town import CENTRE, NORTH_SOUTH, write_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def features(tmp_path):
    """``features(nodes, ways)`` of such an extract."""

    def read(nodes: dict, ways: dict, relations: dict | None = None) -> list[Feature]:
        return list(read_features(write_extract(tmp_path / "a.osm.pbf", nodes, ways, relations)))

    return read


def points(*places: tuple[float, float]) -> dict:
    return {number: (at(*place), {}) for number, place in enumerate(places, start=1)}


SQUARE = points((0, 0), (1, 0), (1, 1), (0, 1))


def test_the_pieces_of_a_street_come_as_one_line(features):
    nodes = points((0, 0), (1, 0), (2, 0))
    (line,) = features(nodes, {4: ([1, 2], street("Nawrot")), 5: ([2, 3], street("Nawrot"))})
    assert line.layer == "roads"
    assert line.properties == {
        "kind": "minor_road",
        "kind_detail": "residential",
        "name": "Nawrot",
    }
    assert len(line.shape.coords) == 3


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"highway": "primary"}, "major_road"),
        ({"highway": "motorway"}, "highway"),
        ({"highway": "service"}, "minor_road"),
        ({"highway": "footway"}, "path"),
        ({"railway": "tram"}, "rail"),
        ({"waterway": "stream"}, "stream"),
        ({"highway": "construction"}, None),
        ({"power": "line"}, None),
    ],
)
def test_lines_are_drawn_by_what_they_are(features, tags, kind):
    found = features(points((0, 0), (1, 0)), {3: ([1, 2], tags)})
    assert [row.properties["kind"] for row in found] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("tags", "layer", "kind"),
    [
        ({"leisure": "park"}, "landuse", "park"),
        ({"landuse": "cemetery"}, "landuse", "cemetery"),
        ({"natural": "wood"}, "landuse", "wood"),
        ({"natural": "water", "water": "pond"}, "water", "pond"),
        ({"building": "yes"}, "buildings", "building"),
        ({"highway": "pedestrian", "area": "yes"}, "landuse", "pedestrian"),
        ({"building": "no"}, None, None),
    ],
)
def test_areas_are_drawn_by_what_they_are(features, tags, layer, kind):
    found = features(SQUARE, {9: ([1, 2, 3, 4, 1], tags)})
    assert [(row.layer, row.properties["kind"]) for row in found] == (
        [(layer, kind)] if layer else []
    )


def test_an_area_with_a_hole_keeps_it(features):
    nodes = SQUARE | {
        number: (at(*place), {})
        for number, place in enumerate([(0.4, 0.4), (0.6, 0.4), (0.5, 0.6)], start=5)
    }
    ways = {10: ([1, 2, 3, 4, 1], {"leisure": "park"}), 11: ([5, 6, 7, 5], {"natural": "water"})}
    kinds = {row.layer for row in features(nodes, ways)}
    assert kinds == {"landuse", "water"}


def test_the_number_of_a_house_stands_in_its_middle(features):
    house = {"building": "yes", "addr:street": "Nawrot", "addr:housenumber": "12A"}
    _house, number = features(SQUARE, {9: ([1, 2, 3, 4, 1], house)})
    assert number.properties == {"kind": "address", "addr_housenumber": "12A"}
    assert number.shape.coords[0] == pytest.approx(at(0.5, 0.5), abs=1e-6)


def test_the_name_of_a_park_stands_in_its_middle_once(features):
    park = {"leisure": "park", "name": "Źródliska"}
    _park, name = features(SQUARE, {9: ([1, 2, 3, 4, 1], park)})
    assert (name.layer, name.properties) == ("pois", {"kind": "park", "name": "Źródliska"})


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"railway": "tram_stop"}, "tram_stop"),
        ({"highway": "bus_stop"}, "bus_stop"),
        ({"railway": "station"}, "station"),
    ],
)
def test_stops_have_their_names(features, tags, kind):
    (stop,) = features({1: (at(0, 0), tags | {"name": "Żabia"})}, {})
    assert (stop.layer, stop.properties) == ("pois", {"kind": kind, "name": "Żabia"})


def test_the_extract_becomes_the_base_map_in_force_and_fills_the_gazetteer(tmp_path, capsys):
    source = write_town(tmp_path / "lodz.osm.pbf")
    call_command("make_basemap", str(source), accept_fewer=True)
    said = capsys.readouterr().out
    assert "Podkład mapy działa" in said
    with (settings.BASEMAP_DIR / f"{name_in_force()}.pmtiles").open("rb") as file:
        archive = Archive(file)
        assert archive.header.max_zoom == 15
        number = number_of(15, *tile_over(Point(*CENTRE), 15))
        (entry,) = (one for one in archive.entries() if one.tile <= number < one.tile + one.run)
        assert b"Piotrkowska" in archive.tile(entry)
        assert "Józefa Piłsudskiego".encode() not in archive.tile(entry)
        assert file.seek(0, 2) < LARGEST
    assert set(NORTH_SOUTH) <= set(StreetLine.objects.values_list("name", flat=True))
    (place,) = Crossing.objects.filter(street="Nawrot", other="Piotrkowska")
    assert place.location.coords == pytest.approx(CENTRE, abs=1e-5)


def test_the_same_extract_again_changes_nothing(tmp_path):
    source = write_town(tmp_path / "lodz.osm.pbf")
    counts = []
    for _time in range(2):
        call_command("make_basemap", str(source), accept_fewer=True)
        counts.append((StreetLine.objects.count(), Crossing.objects.count(), name_in_force()))
    assert counts[0] == counts[1]


def test_the_small_extract_that_is_left_over_can_be_the_source(tmp_path, capsys):
    """It lies where the next one is going to be written."""
    call_command("make_basemap", str(write_town(tmp_path / "lodz.osm.pbf")), accept_fewer=True)
    left = settings.BASEMAP_DIR / "warsztat" / "miasto.osm.pbf"
    call_command("make_basemap", str(left), accept_fewer=True)
    assert "Podkład mapy działa" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"no extract at all", "osmium"), (None, "Nie ma pliku")],
)
def test_what_is_no_extract_is_refused(tmp_path, content, reason):
    path = tmp_path / "lodz.osm.pbf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=reason):
        call_command("make_basemap", str(path))


def test_an_extract_of_another_region_is_refused(tmp_path):
    nodes = {1: ((21.0, 52.2), {}), 2: ((21.01, 52.2), {})}
    path = write_extract(tmp_path / "waw.osm.pbf", nodes, {3: ([1, 2], street("Prosta"))})
    with pytest.raises(CommandError, match="Czy to właściwe województwo"):
        call_command("make_basemap", str(path))
    assert name_in_force() == ""


def test_without_its_programs_it_says_who_installs_them(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    source = write_town(tmp_path / "lodz.osm.pbf")
    with pytest.raises(CommandError, match="Uruchom bin/basemap"):
        call_command("make_basemap", str(source))
