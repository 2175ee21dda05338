"""What staff type into the search of their lists finds the report."""

import pytest
from django.contrib.gis.geos import Point

from reports.models import Report
from tests.factories import CITY_HALL, dispatched

pytestmark = pytest.mark.django_db
# 300 m from the hall, and in another street.
FAR = Point(19.4571, 51.7680, srid=4326)


@pytest.fixture
def report() -> Report:
    report = dispatched(description="Głęboka dziura.")
    Report.objects.filter(pk=report.pk).update(reference="70K1-94QX-A")
    dispatched(location=FAR, description="Głęboka wyrwa.")
    return report


@pytest.fixture
def found(client, operator, report):
    """``found(text)``: the reports that the operator's list shows for ``text``."""
    client.force_login(operator)

    def search(text: str) -> list[Report]:
        page = client.get("/panel/operator/", {"zakres": "wszystkie", "q": text})
        return page.context["page"].reports

    return search


@pytest.mark.parametrize(
    "typed",
    [
        "70K1-94QX-A",
        "70k1-94qx-a",
        "70k194qxa",
        " 70k1 94qx a ",
        "7oki-94QX-A",
        "70KL–94QX–A",
        "70k1\u00a094qx\u2011a",
        "70k1",
        "94qx",
        "k1 94",
    ],
)
def test_a_number_in_any_spelling_or_a_part_of_it_finds_its_report(found, report, typed):
    assert found(typed) == [report]


@pytest.mark.parametrize(
    "typed",
    ["Piotrkowska 99", "ul. piotrkowska 99", "PIOTRKOWSKA 99, 90-926 Łódź", "Piotrkowska 97"],
)
def test_an_address_finds_the_reports_at_or_near_it(found, report, typed):
    assert found(typed) == [report]


@pytest.mark.parametrize("typed", ["piotrkowska", "Piotrkowska 104"])
def test_a_street_or_a_house_whose_place_is_not_known_finds_what_lies_on_the_street(
    found, report, typed
):
    assert report in found(typed)


def test_coordinates_find_what_lies_there(found, report):
    assert found(f"{CITY_HALL.y:.5f}, {CITY_HALL.x:.5f}") == [report]


def test_words_of_the_description_are_found_in_any_order_and_without_polish_marks(found, report):
    assert found("dziura") == [report]
    assert found("DZIURA gleboka") == [report]
    assert found("dziura wyrwa") == []
    assert found("nie ma takiego słowa") == []


@pytest.mark.parametrize("typed", ["k1", "ą", "% _"])
def test_what_is_too_short_to_look_for_is_said_and_not_looked_for(client, operator, report, typed):
    client.force_login(operator)
    page = client.get("/panel/operator/", {"q": typed})
    short = len(typed) < 3
    assert page.status_code == (400 if short else 200)
    assert ("co najmniej 3 litery" in page.text) is short


def test_a_number_of_somebody_elses_report_finds_nothing(client, other_unit_member, report):
    client.force_login(other_unit_member)
    page = client.get("/panel/jednostka/", {"q": "70K1-94QX-A"}).context["page"]
    assert page.reports == []
