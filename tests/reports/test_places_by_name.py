"""A report by a crossing or by the name of a place."""

from uuid import uuid4

import pytest

from districts.locating import locate
from districts.models import Address, District, NamedPlace
from reports.models import Report
from reports.placing import GivenPlace, PlaceContradicts, UnknownPlace, find_place, read_place
from tests.districts.named import make_crossing, make_place, spot
from tests.factories import submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_addresses():
    Address.objects.update(location=None)


def test_a_crossing_is_an_exact_place():
    make_crossing("Piotrkowska", "Nawrot")
    given = read_place("róg Piotrkowskiej i Nawrot")
    assert given.location.coords == pytest.approx(spot(0, 0).coords)
    assert (given.is_approximate, given.accuracy) == (False, None)


def test_in_a_large_park_the_report_says_how_roughly_its_place_is_known():
    make_place("Park Źródliska", "green", (0, 0), reach=180)
    given = read_place("park Źródliska")
    assert given.accuracy == 180
    report = submitted(location=given.location, address=given.address, accuracy=given.accuracy)
    words = "Park Źródliska (w promieniu 180 m), osiedle Katedralna"
    assert Report.objects.get(pk=report.pk).place_in_words == words


def test_a_pin_that_was_moved_within_the_park_is_exact():
    make_place("Park Źródliska", "green", (0, 0), reach=180)
    report = submitted(location=spot(1, 0), address="Park Źródliska")
    assert report.place_in_words == "Park Źródliska, osiedle Katedralna"


def test_places_with_one_name_in_several_districts_are_refused_with_their_districts():
    make_place("Orlik", "sport", (0, 0))
    make_place("Orlik", "sport", (40, 60))
    with pytest.raises(UnknownPlace, match=r"Orlik: takich miejsc jest kilka.*Katedralna"):
        read_place("Orlik")


def test_a_pin_anywhere_in_the_named_park_is_no_contradiction():
    make_place("Las", "green", (0, 0), reach=4000)
    beyond = spot(0, 30)
    found = find_place(GivenPlace(location=beyond, address="Las"))
    assert found.placement.district.code != "katedralna"
    make_place("Plac", "square", (0, 0))
    with pytest.raises(PlaceContradicts):
        find_place(GivenPlace(location=beyond, address="Plac"))


def test_the_side_is_asked_for_a_large_place_only_if_it_lies_on_both(client):
    inside = spot(0, 0)
    placement = locate(inside)
    metres = round(placement.metres_to_border)
    park = make_place("Park", "green", (0, 0), reach=metres + 60)
    values = {"lat": inside.y, "lon": inside.x, "accuracy": park.reach}
    assert client.get("/api/v1/locate/", values).json()["asks_side"]
    boundary = District.objects.get(pk=placement.district.pk).boundary
    NamedPlace.objects.update(shape=boundary.intersection(park.shape).buffer(-1e-5))
    assert not client.get("/api/v1/locate/", values).json()["asks_side"]
    given = GivenPlace(location=inside, side="", accuracy=park.reach)
    assert find_place(given).side == ""


def test_the_form_without_scripts_takes_a_crossing(client):
    make_crossing("Piotrkowska", "Nawrot")
    values = {
        "submission_id": uuid4(),
        "place": "Piotrkowska / Nawrot",
        "category": "dziura-w-jezdni",
        "description": "Dziura na środku skrzyżowania.",
        "similar_seen": "1",
        "side": "",
    }
    answer = client.post("/zgloszenia/nowe/", values)
    assert answer.status_code == 303, answer.content.decode()[:3000]
    report = Report.objects.get()
    assert report.place_in_words == "Nawrot / Piotrkowska, osiedle Katedralna"
    assert not report.is_approximate
