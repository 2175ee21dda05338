"""The desk of a card for an address."""

import pytest
from django.contrib.gis.geos import Point

from districts.locating import locate
from districts.models import Layer
from procedures.desks import find_desk
from tests.procedures.cards import make_card, make_desk, make_unit

pytestmark = pytest.mark.django_db
KATEDRALNA = "51.7652, 19.4571"
WARSAW = "52.2297, 21.0122"
URL = "/procedury/KA-01238/"


@pytest.fixture
def version(db):
    unit = make_unit("uml")
    make_desk(unit, "srodmiescie", districts=["katedralna"], hours="pon. 9–17")
    make_desk(unit, "baluty", districts=["baluty-doly"], address="ul. Zachodnia 47")
    layer = Layer.objects.get(code="osiedla")
    return make_card(number="KA-01238", unit="uml", desk_layer=layer).versions.get()


def test_the_desk_of_the_district_is_found(version):
    answer = find_desk(version, "Piotrkowska 104")
    assert (answer.state, answer.desk.code) == ("found", "srodmiescie")
    assert answer.place == "Piotrkowska 104"


def test_coordinates_will_do(version):
    assert find_desk(version, KATEDRALNA).desk.code == "srodmiescie"


def test_a_street_without_a_number_is_asked_about(version):
    answer = find_desk(version, "Piotrkowska")
    assert answer.state == "unclear"
    assert answer.desk is None
    assert answer.places


def test_nothing_of_that_name_is_said_so(version):
    assert find_desk(version, "ulica której nie ma 7").state == "unknown"


def test_a_place_outside_the_city_is_said_so(version):
    assert find_desk(version, WARSAW).state == "outside"


def test_a_district_without_a_desk_is_said_so(version):
    other = Point(19.35, 51.78, srid=4326)
    assert locate(other).district.code not in ("katedralna", "baluty-doly")
    assert find_desk(version, "51.78, 19.35").state == "none"


def test_a_desk_that_is_closed_is_not_shown(version):
    version.unit.desks.update(is_active=False)
    assert find_desk(version, KATEDRALNA).state == "none"


def test_the_card_answers_without_scripts(client, version):
    page = client.get(URL, {"adres": KATEDRALNA})
    assert "Twoje stanowisko dla adresu" in page.text
    assert "Punkt obsługi srodmiescie" in page.text
    assert "poza Łodzią" in client.get(URL, {"adres": WARSAW}).text
    assert "Nie znamy takiego adresu" in client.get(URL, {"adres": "<b>xyzzy"}).text
    assert "<b>xyzzy" not in client.get(URL, {"adres": "<b>xyzzy"}).text


def test_a_card_without_a_layer_only_lists_the_desks(client):
    unit = make_unit("uml")
    make_desk(unit, "jedyny")
    make_card(number="KA-01238", unit="uml")
    page = client.get(URL)
    assert "Punkt obsługi jedyny" in page.text
    assert 'name="adres"' not in page.text
