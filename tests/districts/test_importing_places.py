"""Crossings and places by name of an OpenStreetMap extract, whole or not at all."""

import pytest
from django.core.management import CommandError, call_command

from districts.models import Address, Crossing, NamedPlace, StreetLine
from tests.districts.extracts import at, street, write_extract

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path):
    """``load(nodes, ways)`` imports the places of such an extract."""

    def write(nodes: dict, ways: dict, relations: dict | None = None, **options) -> None:
        path = write_extract(tmp_path / "lodz.osm.pbf", nodes, ways, relations)
        options = {"only": "places", "accept_fewer": True} | options
        call_command("import_addresses", str(path), verbosity=0, **options)

    return write


def crossings() -> dict[str, tuple[float, float]]:
    return {str(row): row.location.coords for row in Crossing.objects.all()}


def points(*places: tuple[float, float]) -> dict:
    return {number: (at(*place), {}) for number, place in enumerate(places, start=1)}


def test_streets_cross_where_they_share_a_point(load):
    nodes = points((0, 0), (1, 0), (2, 0), (1, 1), (1, -1))
    load(nodes, {1: ([1, 2, 3], street("Piotrkowska")), 2: ([4, 2, 5], street("Nawrot"))})
    assert crossings() == {"Nawrot / Piotrkowska": pytest.approx(at(1, 0), abs=1e-6)}
    assert {row.name: row.line.num_points for row in StreetLine.objects.all()} == {
        "Piotrkowska": 3,
        "Nawrot": 3,
    }


def test_a_bridge_does_not_cross_what_lies_beneath(load):
    nodes = points((0, 0), (2, 0), (1, 1), (1, -1))
    load(nodes, {1: ([1, 2], street("Górna")), 2: ([3, 4], street("Dolna", bridge="yes"))})
    assert crossings() == {}


def test_a_wide_crossing_is_one_and_two_far_apart_are_two(load):
    nodes = points((0, 0), (1, 0), (1.3, 0), (4, 0), (1, 1), (1.3, 1), (4, 1))
    ways = {
        1: ([1, 2, 3, 4], street("Długa")),
        2: ([2, 5], street("Szeroka")),
        3: ([3, 6], street("Szeroka")),
        4: ([4, 7], street("Szeroka")),
    }
    load(nodes, ways)
    places = sorted(Crossing.objects.values_list("location", flat=True), key=lambda one: one.x)
    assert [place.coords for place in places] == [
        pytest.approx(at(1.15, 0), abs=1e-6),
        pytest.approx(at(4, 0), abs=1e-6),
    ]


def test_streets_that_end_in_a_roundabout_cross_in_its_middle(load):
    nodes = points((0, 0), (1, 0), (1.2, 0.2), (1.4, 0), (1.2, -0.2), (2, 0), (1.2, 1))
    ways = {
        1: ([1, 2], street("Palki")),
        2: ([4, 6], street("Kopcińskiego")),
        3: ([3, 7], street("Uniwersytecka")),
        4: ([2, 3, 4, 5, 2], {"highway": "primary", "junction": "roundabout"}),
    }
    load(nodes, ways)
    middle = pytest.approx(at(1.2, 0), abs=1e-6)
    assert crossings() == {
        "Kopcińskiego / Palki": middle,
        "Kopcińskiego / Uniwersytecka": middle,
        "Palki / Uniwersytecka": middle,
    }


def test_what_lies_outside_the_city_is_left_out(load):
    # Zgierz is on the map of the city, but not in it.
    nodes = {1: ((19.41, 51.855), {}), 2: ((19.42, 51.855), {}), 3: ((19.41, 51.86), {})}
    nodes[4] = ((19.411, 51.855), {"highway": "bus_stop", "name": "Zgierz"})
    load(nodes, {1: ([1, 2], street("Polna")), 2: ([1, 3], street("Leśna"))})
    assert not StreetLine.objects.exists()
    assert not Crossing.objects.exists()
    assert not NamedPlace.objects.exists()


def test_paths_and_ramps_are_no_streets(load):
    nodes = points((0, 0), (1, 0), (0, 1))
    load(nodes, {1: ([1, 2], street("Łącznica", "footway")), 2: ([1, 3], street("Polna"))})
    assert crossings() == {}


def test_poles_of_one_stop_are_one_place_and_its_name_says_what_it_is(load):
    stop = {"highway": "bus_stop", "name": "Piotrkowska Centrum"}
    nodes = {1: (at(0, 0), stop), 2: (at(1, 0), stop), 3: (at(0.5, 0.1), stop), 4: (at(9, 0), stop)}
    load(nodes, {})
    names = NamedPlace.objects.order_by("-reach").values_list("name", "kind", "reach")
    assert list(names) == [
        ("przystanek Piotrkowska Centrum", "stop", 52),
        ("przystanek Piotrkowska Centrum", "stop", 0),
    ]
    assert NamedPlace.objects.latest("reach").location.coords == pytest.approx(
        at(0.5, 0.1), abs=1e-6
    )


def test_a_park_keeps_its_outline_and_a_point_on_it(load):
    # A horseshoe: the middle of its box is not in the park.
    corners = [(0, 0), (6, 0), (6, 6), (5, 6), (5, 1), (1, 1), (1, 6), (0, 6)]
    nodes = points(*corners)
    park = {"leisure": "park", "name": "Park Źródliska", "alt_name": "Źródła"}
    load(nodes, {1: ([*nodes, 1], park)})
    rows = NamedPlace.objects.all()
    assert {row.key for row in rows} == {"zrodliska", "zrodla"}
    row = rows[0]
    assert (row.name, row.kind, row.shape.geom_type) == ("Park Źródliska", "green", "Polygon")
    assert row.shape.covers(row.location)
    assert 500 < row.reach < 900


def test_a_park_of_several_pieces_comes_as_a_relation(load):
    nodes = points((0, 0), (1, 0), (1, 1), (3, 0), (4, 0), (4, 1))
    ways = {1: ([1, 2, 3, 1], {}), 2: ([4, 5, 6, 4], {})}
    load(nodes, ways, {1: ([1, 2], {"leisure": "park", "name": "Park Dwuczęściowy"})})
    assert NamedPlace.objects.get().shape.num_geom == 2


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"place": "square", "name": "plac Wolności"}, "square"),
        ({"amenity": "kindergarten", "name": "Przedszkole Miejskie nr 5"}, "school"),
        ({"amenity": "hospital", "name": "Szpital im. Kopernika"}, "health"),
        ({"landuse": "cemetery", "name": "Cmentarz Doły"}, "cemetery"),
        ({"shop": "mall", "name": "Manufaktura"}, "trade"),
        ({"railway": "tram_stop", "name": "Kilińskiego"}, "stop"),
        ({"railway": "station", "name": "Łódź Fabryczna"}, "station"),
        ({"leisure": "playground", "name": "Plac zabaw"}, "sport"),
        ({"shop": "bakery", "name": "Piekarnia"}, None),
        ({"leisure": "park"}, None),
    ],
)
def test_places_of_the_city_are_known_by_what_they_are(load, tags, kind):
    load({1: (at(0, 0), tags)}, {})
    assert list(NamedPlace.objects.values_list("kind", flat=True)) == ([kind] if kind else [])


def test_five_percent_fewer_are_refused_with_the_numbers_unless_told(load):
    many = {
        number: (at(number / 2, 0), {"amenity": "school", "name": f"Szkoła nr {number}"})
        for number in range(1, 101)
    }
    roads = {201: (at(0, -1), {}), 202: (at(1, -1), {}), 203: (at(0, -2), {}), 204: (at(1, -2), {})}
    ways = {1: ([201, 202], street("Piotrkowska")), 2: ([201, 203], street("Nawrot"))}
    load(many | roads, ways)
    fewer = {number: many[number] for number in range(1, 95)}
    with pytest.raises(CommandError, match="nazw miejsc: 94; teraz jest ich 2, 1 i 100"):
        load(fewer | roads, ways, accept_fewer=False)
    with pytest.raises(CommandError, match="ulic: 2, skrzyżowań: 0"):
        load(many | roads, {1: ways[1], 2: ([203, 204], street("Nawrot"))}, accept_fewer=False)
    assert NamedPlace.objects.count() == 100
    assert list(map(str, Crossing.objects.all())) == ["Nawrot / Piotrkowska"]
    load({number: many[number] for number in range(1, 96)} | roads, ways, accept_fewer=False)
    load(fewer | roads, ways)
    assert NamedPlace.objects.count() == 94


def test_places_that_are_refused_take_the_addresses_with_them(load):
    school = {1: (at(0, 0), {"amenity": "school", "name": "Szkoła"})}
    load(school, {})
    before = Address.objects.count()
    address = {2: (at(0, 0), {"addr:street": "Próbna", "addr:housenumber": "1"})}
    # More addresses than there are, and no school any more.
    Address.objects.all().delete()
    with pytest.raises(CommandError, match="nazw miejsc: 0"):
        load(address, {}, only="", accept_fewer=False)
    assert not Address.objects.exists()
    load(school | address, {}, only="", accept_fewer=False)
    assert (Address.objects.count(), NamedPlace.objects.count(), before > 1) == (1, 1, True)


def test_addresses_and_places_are_imported_apart_if_told(load):
    before = Address.objects.count()
    both = {
        1: (at(0, 0), {"amenity": "school", "name": "Szkoła"}),
        2: (at(0, 0), {"addr:street": "Próbna", "addr:housenumber": "1"}),
    }
    load(both, {})
    assert (Address.objects.count(), NamedPlace.objects.count()) == (before, 1)
    load({2: both[2]}, {}, only="addresses")
    assert (Address.objects.count(), NamedPlace.objects.count()) == (1, 1)


def test_places_of_a_file_of_addresses_are_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("katedralna;Próbna;1;;\n")
    with pytest.raises(CommandError, match="tylko plik OpenStreetMap"):
        call_command("import_addresses", str(path), only="places", verbosity=0)
