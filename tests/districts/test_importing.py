"""A file of addresses replaces the gazetteer, whole or not at all."""

import gzip

import osmium
import pytest
from django.core.management import CommandError, call_command

from districts.gazetteer import find_address
from districts.models import Address, Street

pytestmark = pytest.mark.django_db
GML = """<?xml version="1.0" encoding="UTF-8"?>
<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:prg-ad="urn:prg">
{points}
</gml:FeatureCollection>
"""
POINT = """<gml:featureMember><prg-ad:PRG_PunktAdresowy>
<prg-ad:jednostkaAdmnistracyjna>Łódź</prg-ad:jednostkaAdmnistracyjna>
<prg-ad:miejscowosc>{city}</prg-ad:miejscowosc><prg-ad:ulica>{street}</prg-ad:ulica>
<prg-ad:numerPorzadkowy>{number}</prg-ad:numerPorzadkowy>
<prg-ad:pozycja><gml:Point srsName="urn:ogc:def:crs:EPSG::2180"><gml:pos>{place}</gml:pos>
</gml:Point></prg-ad:pozycja></prg-ad:PRG_PunktAdresowy></gml:featureMember>"""
# Northing and easting (EPSG:2180) of the city hall, and of a field outside the city.
HALL, FIELD = "433301.3 531534.5", "400000.0 500000.0"


def point(**values) -> str:
    return POINT.format(
        **{"city": "Łódź", "street": "Piotrkowska", "number": "104", "place": HALL} | values
    )


def load(path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    call_command("import_addresses", str(path), accept_fewer=True, verbosity=0)


def test_the_state_register_gives_places_and_districts(tmp_path):
    points = point() + point(city="Zgierz") + point(street="Polna", place=FIELD) + point()
    load(tmp_path / "adresy.gml", GML.format(points=points))
    address = Address.objects.get()
    assert address.district_code == "katedralna"
    assert address.location.distance(find_address("piotrkowska 104").location) == 0
    assert abs(address.location.y - 51.765) < 0.01
    assert [street.name for street in Street.objects.all()] == ["Piotrkowska"]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.gml", GML.format(points=point(place="")), "Piotrkowska"),
        ("a.gml", "<a>", "rejestru"),
        ("a.csv", "katedralna;Piotrkowska;104;51.7", "Wiersz 1"),
        ("a.csv", "# x\nkatedralna;Piotrkowska;104;x;19", "Wiersz 2"),
    ],
)
def test_a_broken_file_is_refused_with_its_place_and_changes_nothing(tmp_path, name, text, reason):
    before = Address.objects.count()
    with pytest.raises(CommandError, match=reason):
        load(tmp_path / name, text)
    assert Address.objects.count() == before


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(CommandError):
        call_command("import_addresses", str(tmp_path / "nie-ma.csv"), verbosity=0)


def test_our_own_file_may_be_packed(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"katedralna;Piotrkowska;104;51.7652;19.4571\n"))
    call_command("import_addresses", str(path), accept_fewer=True, verbosity=0)
    assert find_address("Piotrkowska 104").location.coords == (19.4571, 51.7652)


MODEL_2021 = """<?xml version="1.0" encoding="UTF-8"?>
<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2"
  xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:prgad="https://geoportal.gov.pl/schemas/prgad/1.0">
{members}
</gml:FeatureCollection>
"""
POINT_2021 = """<gml:featureMember><prgad:AD_PunktAdresowy gml:id="p-{number}">
<prgad:numerPorzadkowy>{number}</prgad:numerPorzadkowy>
<prgad:georeferencja><gml:Point srsName="EPSG:2180"><gml:pos>{place}</gml:pos></gml:Point>
</prgad:georeferencja><prgad:miejscowosc xlink:href="#{city}"/>{street}
</prgad:AD_PunktAdresowy></gml:featureMember>"""
NAMES_2021 = """<gml:featureMember><prgad:AD_UlicaPlac gml:id="street">
<prgad:nazwaPelna>Piotrkowska</prgad:nazwaPelna></prgad:AD_UlicaPlac></gml:featureMember>
<gml:featureMember><prgad:AD_Miejscowosc gml:id="city"><prgad:nazwa>Łódź</prgad:nazwa>
<prgad:georeferencja><gml:Point><gml:pos>1 2</gml:pos></gml:Point></prgad:georeferencja>
</prgad:AD_Miejscowosc></gml:featureMember>
<gml:featureMember><prgad:AD_Miejscowosc gml:id="other"><prgad:nazwa>Zgierz</prgad:nazwa>
</prgad:AD_Miejscowosc></gml:featureMember>"""


def point_2021(number: str, *, city: str = "city", street: str = "street", place=HALL) -> str:
    reference = f'<prgad:ulica2 xlink:href="#{street}"/>' if street else ""
    return POINT_2021.format(number=number, city=city, street=reference, place=place)


def test_the_register_of_2021_refers_to_streets_and_cities_that_follow(tmp_path):
    members = [
        point_2021("104"),
        point_2021("9", city="other"),
        point_2021("7", street=""),
        NAMES_2021,
        point_2021("106"),
    ]
    load(tmp_path / "prgad.xml", MODEL_2021.format(members="".join(members)))
    assert sorted(map(str, Address.objects.all())) == ["Piotrkowska 104", "Piotrkowska 106"]
    assert set(Address.objects.values_list("district_code", flat=True)) == {"katedralna"}


def test_a_point_of_2021_without_a_place_is_named(tmp_path):
    members = NAMES_2021 + point_2021("104", place="")
    with pytest.raises(CommandError, match="Piotrkowska"):
        load(tmp_path / "prgad.xml", MODEL_2021.format(members=members))


@pytest.fixture
def extract(tmp_path):
    """``extract(nodes, ways)``: tags by id, places of nodes, corners of ways; as an OSM file."""

    def write(nodes: dict, ways: dict):
        path = tmp_path / "lodz.osm.pbf"
        with osmium.SimpleWriter(path) as writer:
            for pk, (place, tags) in nodes.items():
                writer.add_node(osmium.osm.mutable.Node(id=pk, location=place, tags=tags))
            for pk, (corners, tags) in ways.items():
                writer.add_way(osmium.osm.mutable.Way(id=pk, nodes=corners, tags=tags))
        return path

    return write


def tags(number: str, **more: str) -> dict:
    return {"addr:street": "Próbna", "addr:housenumber": number} | more


def test_openstreetmap_gives_points_buildings_and_what_lies_between(extract):
    west, south = 19.4571, 51.7652
    nodes = {
        1: ((west, south), tags("2")),
        2: ((west + 0.002, south), tags("8")),
        3: ((west, south + 0.001), {}),
        4: ((west + 0.001, south + 0.001), {}),
        5: ((west + 0.001, south + 0.002), {}),
        6: ((west, south + 0.002), {}),
        7: ((west, south), tags("50", **{"addr:city": "Zgierz"})),
        8: ((west, south), {"addr:housenumber": "51"}),
    }
    ways = {
        10: ([1, 2], {"addr:interpolation": "even"}),
        11: ([3, 4, 5, 6, 3], tags("11a", building="yes", **{"addr:city": "Łódź"})),
    }
    call_command("import_addresses", str(extract(nodes, ways)), accept_fewer=True, verbosity=0)
    found = {row.number: row.location.coords for row in Address.objects.all()}
    assert found == {
        "2": (west, south),
        "4": (pytest.approx(west + 0.002 / 3, abs=1e-6), south),
        "6": (pytest.approx(west + 0.004 / 3, abs=1e-6), south),
        "8": (pytest.approx(west + 0.002), south),
        "11a": (pytest.approx(west + 0.0005), pytest.approx(south + 0.0015)),
    }


def test_numbers_on_a_bent_line_lie_by_the_metres_along_it(extract):
    west, south = 19.4571, 51.7652
    # About 69 m to the east, then 222 m to the north: the middle lies 77 m behind the bend.
    nodes = {
        1: ((west, south), tags("2")),
        2: ((west + 0.001, south), {}),
        3: ((west + 0.001, south + 0.002), tags("6")),
    }
    ways = {10: ([1, 2, 3], {"addr:interpolation": "even"})}
    call_command("import_addresses", str(extract(nodes, ways)), accept_fewer=True, verbosity=0)
    between = Address.objects.get(number="4").location
    assert between.coords == pytest.approx((west + 0.001, south + 0.00069), abs=2e-6)


def test_a_file_that_is_no_extract_is_refused(tmp_path):
    path = tmp_path / "lodz.osm.pbf"
    path.write_bytes(b"not at all")
    with pytest.raises(CommandError, match="OpenStreetMap"):
        call_command("import_addresses", str(path), verbosity=0)


@pytest.mark.parametrize("members", ["", point(city="Zgierz")])
def test_a_file_without_an_address_of_the_city_changes_nothing(tmp_path, members):
    before = Address.objects.count()
    with pytest.raises(CommandError, match=f"Plik ma 0 adresów.*jest ich {before}"):
        load(tmp_path / "a.gml", GML.format(points=members))
    assert Address.objects.count() == before
    assert find_address("Piotrkowska 104")


def test_five_percent_fewer_are_refused_unless_told(tmp_path):
    rows = [f"katedralna;Próbna;{number};51.7652;19.4571" for number in range(100)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(rows))
    call_command("import_addresses", str(path), accept_fewer=True, verbosity=0)
    path.write_text("\n".join(rows[:94]))
    with pytest.raises(CommandError, match="Plik ma 94 adresów"):
        call_command("import_addresses", str(path), verbosity=0)
    assert Address.objects.count() == 100
    path.write_text("\n".join(rows[:95]))
    call_command("import_addresses", str(path), verbosity=0)
    assert Address.objects.count() == 95


def test_places_that_get_lost_count_as_well(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("katedralna;Próbna;1;51.7652;19.4571\n")
    call_command("import_addresses", str(path), accept_fewer=True, verbosity=0)
    path.write_text("katedralna;Próbna;1;;\n")
    with pytest.raises(CommandError, match="z położeniem 0; teraz jest ich 1, z położeniem 1"):
        call_command("import_addresses", str(path), verbosity=0)


def test_a_release_leaves_what_a_city_has_imported(tmp_path, capsys):
    path = tmp_path / "a.csv"
    rows = [f"katedralna;Próbna;{number};51.7652;19.4571" for number in range(1_000)]
    path.write_text("\n".join(rows))
    call_command("import_addresses", str(path), accept_fewer=True, verbosity=0)
    call_command("import_addresses", verbosity=0)
    assert Address.objects.count() == 1_000
    assert "Nic nie zmieniliśmy" in capsys.readouterr().out
