"""The place in words stands wherever a report does, as it was when the report was sent."""

import pytest
from django.contrib.gis.geos import Point

from districts.models import Address, District
from reports.geojson import feature_of
from reports.handling.correcting import correct_place
from reports.models import Report
from reports.placing import GivenPlace
from tests.accounts.letters import letters_to, text_of
from tests.factories import send_to_units, submitted
from units.models import Unit

pytestmark = pytest.mark.django_db
METRE = 1 / 111_320
HOUSE = Point(19.4571, 51.7652, srid=4326)
# 25 m to the north and, a degree of longitude being shorter, 25 m to the east.
BESIDE = Point(HOUSE.x + 25 * METRE / 0.619, HOUSE.y + 25 * METRE, srid=4326)
WORDS = "Próbna 97, ok. 35 m na północny wschód, osiedle Katedralna"


@pytest.fixture
def house():
    Address.objects.filter(location__dwithin=(HOUSE, 0.01)).update(location=None)
    return Address.objects.create(
        street="Próbna",
        number="97",
        street_key="probna",
        number_key="97",
        district_code="katedralna",
        location=HOUSE,
    )


@pytest.fixture
def report(house, resident):
    Unit.objects.filter(code="zdit").update(channel="email", email="zdit@example.org")
    report = submitted(location=BESIDE, owner=resident)
    send_to_units()
    return report


def test_it_is_kept_whatever_becomes_of_the_gazetteer(report, house):
    house.delete()
    report = Report.objects.get()
    assert report.near == {"address": "Próbna 97", "metres": 35, "way": 1}
    assert report.place_in_words == WORDS


@pytest.mark.parametrize(
    "path",
    [
        "/status/{reference}/",
        "/zgloszenia/{reference}/potwierdzenie/",
        "/konto/zgloszenia/",
        "/konto/zgloszenia/{reference}/",
        "/",
    ],
)
def test_residents_read_it_on_every_page(client, resident, report, path):
    client.force_login(resident)
    assert WORDS in client.get(path.format(reference=report.reference)).text


def test_staff_read_it_first_copy_it_and_are_led_there(client, operator, report):
    client.force_login(operator)
    page = client.get(f"/panel/zgloszenia/{report.reference}/").text
    assert page.index(WORDS) < page.index("Dzielnica")
    here = f"{BESIDE.y:.6f},{BESIDE.x:.6f}"
    assert f'href="geo:{here}' in page
    assert f"directions?to={here}" in page
    assert f'data-copy="{WORDS}, {BESIDE.y:.6f}, {BESIDE.x:.6f}"' in page
    assert WORDS in client.get("/panel/operator/?zakres=wszystkie").text


def test_letters_say_it(resident, report):
    assert WORDS in " ".join(text_of(letters_to("zdit@example.org")[0]).split())
    assert WORDS in " ".join(text_of(letters_to(resident.email)[0]).split())


def test_maps_and_programs_get_it(client, report):
    assert feature_of(report)["properties"]["place"] == WORDS
    assert client.get(f"/api/v1/reports/{report.reference}/").json()["place"] == WORDS


def test_a_corrected_place_has_its_own(report, operator):
    correct_place(report, GivenPlace(location=HOUSE), by=operator)
    assert Report.objects.get().place_in_words == "Próbna 97, osiedle Katedralna"


def test_of_an_address_whose_district_alone_is_known_the_address_is_said(house):
    ruda = District.objects.get(code="ruda")
    report = submitted(location=ruda.label_point, address="starorudzka 90l", is_approximate=True)
    assert report.place_in_words == "Starorudzka 90L, osiedle Ruda"


def test_words_that_are_no_address_are_told_nobody(house):
    ruda = District.objects.get(code="ruda")
    report = submitted(location=ruda.label_point, address="u pani Ewy", is_approximate=True)
    assert report.place_in_words == "osiedle Ruda"


def test_far_from_every_address_the_osiedle_is_said():
    Address.objects.update(location=None)
    assert submitted(location=BESIDE).place_in_words == "osiedle Katedralna"
