"""A file of addresses replaces the gazetteer, whole or not at all."""

import gzip

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
    call_command("import_addresses", str(path), verbosity=0)


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
    call_command("import_addresses", str(path), verbosity=0)
    assert find_address("Piotrkowska 104").location.coords == (19.4571, 51.7652)
