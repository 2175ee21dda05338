"""A pin and a known address in two districts are not sent: one press says which is meant."""

import pytest

from districts.locating import locate
from districts.models import Address
from reports.models import Report
from reports.placing import GivenPlace, PlaceContradicts, find_place
from tests.factories import CITY_HALL
from tests.reports.intake.test_repeats import body, send
from tests.reports.pages.test_form import URL, values
from tests.reports.test_sides import away_from_a_border

pytestmark = pytest.mark.django_db
# In Ruda, and without a coordinate; the town hall is in Katedralna.
ELSEWHERE = "Starorudzka 90L"


def given(**values) -> GivenPlace:
    return GivenPlace(**{"location": CITY_HALL, "address": ELSEWHERE} | values)


def test_pin_and_address_of_two_districts_are_refused():
    with pytest.raises(PlaceContradicts) as refusal:
        find_place(given())
    assert (refusal.value.pin.code, refusal.value.address.code) == ("katedralna", "ruda")
    assert str(refusal.value) == (
        "Pinezka stoi w osiedlu Katedralna, a adres Starorudzka 90L leży w osiedlu Ruda."
    )


@pytest.mark.parametrize("address", ["", "Piotrkowska 104", "przy sklepie", "51.70, 19.40"])
def test_an_address_of_the_same_district_and_words_that_are_none_stay(address):
    assert find_place(given(address=address)).address == address


def test_where_only_the_district_of_the_address_is_known_there_is_no_pin_to_contradict():
    place = find_place(given(is_approximate=True, location=CITY_HALL))
    assert place.address == ELSEWHERE


def test_the_api_says_it_for_programs(client):
    answer = send(client, body(address=ELSEWHERE))
    assert answer.status_code == 422
    told = answer.json()
    assert told["code"] == "place_contradicts"
    assert (told["pin"]["code"], told["address"]["code"]) == ("katedralna", "ruda")
    assert told["fields"]["place"]
    assert not Report.objects.exists()


def test_the_form_names_both_and_one_press_settles_it(client):
    data = values(place=ELSEWHERE)
    refused = client.post(URL, data)
    assert refused.status_code == 422
    assert "Pinezka stoi w osiedlu Katedralna" in refused.text
    assert 'name="settle" value="pin"' in refused.text
    assert client.post(URL, data | {"settle": "pin"}).status_code == 303
    report = Report.objects.get()
    assert (report.district.code, report.address) == ("katedralna", "")


def test_the_address_may_be_the_one_that_holds(client):
    data = values(place=ELSEWHERE, accuracy="12")
    assert client.post(URL, data | {"settle": "address"}).status_code == 303
    report = Report.objects.get()
    assert (report.district.code, report.address) == ("ruda", ELSEWHERE)
    assert report.is_approximate
    assert report.accuracy is None


def test_near_a_border_an_address_of_a_third_district_is_refused():
    point = away_from_a_border(20)
    assert locate(point).neighbour.code != "ruda"
    with pytest.raises(PlaceContradicts):
        find_place(given(location=point, address=ELSEWHERE))


@pytest.mark.parametrize(("metres", "is_refused"), [(20, False), (40, True)])
def test_across_a_border_that_is_near_both_may_mean_the_same_place(metres, is_refused):
    point = away_from_a_border(metres)
    beyond = locate(point).neighbour
    row = Address.objects.filter(district_code=beyond.code, location=None).first()
    place = given(location=point, address=f"{row.street} {row.number}")
    if is_refused:
        with pytest.raises(PlaceContradicts):
            find_place(place)
    else:
        assert find_place(place).address == place.address
