"""Near a border the sender is asked on which side the matter lies, and the answer decides."""

import json
from contextlib import suppress
from uuid import uuid4

import pytest
from django.contrib.gis.geos import Point

from districts.errors import OutsideCity
from districts.locating import locate
from districts.models import Border, District
from reports.models import Report
from reports.sides import NEAR_METRES, SideNeeded, is_near_border
from tests.factories import category, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def near() -> Point:
    """A point within 30 m of the border between two osiedla."""
    for district in District.objects.all():
        x, y = district.boundary[0][0][0]
        for dx, dy in ((0, 1e-4), (0, -1e-4), (1.5e-4, 0), (-1.5e-4, 0)):
            point = Point(x + dx, y + dy, srid=4326)
            if district.boundary.covers(point) and is_near_border(locate(point)):
                return point
    raise AssertionError("no such point")


def test_a_sender_who_was_asked_and_did_not_say_is_asked_again(near):
    with pytest.raises(SideNeeded) as refused:
        submitted(location=near, side="")
    placement = locate(near)
    assert {side.district.code for side in refused.value.border.sides} == {
        placement.district.code,
        placement.neighbour.code,
    }
    assert not Report.objects.exists()


@pytest.mark.parametrize(("metres", "asks"), [(28, True), (32, False)])
def test_within_thirty_metres_of_a_border_the_sender_is_asked(metres, asks):
    place = away_from_a_border(metres)
    if asks:
        with pytest.raises(SideNeeded):
            submitted(location=place, side="")
        assert not Report.objects.exists()
    else:
        assert submitted(location=place, side="").side == ""


def away_from_a_border(metres: float) -> Point:
    """A point that lies so far from the border between two districts."""
    for border in Border.objects.exclude(right=None).order_by("pk"):
        (x1, y1), (x2, y2) = border.segment.coords
        length = border.segment.length
        place = Point(
            (x1 + x2) / 2 - (y2 - y1) / length * metres,
            (y1 + y2) / 2 + (x2 - x1) / length * metres,
            srid=2180,
        )
        place.transform(4326)
        with suppress(OutsideCity):
            found = locate(place)
            if found.neighbour and abs(found.metres_to_border - metres) < 0.5:
                return place
    raise AssertionError("no such point")


def test_the_side_that_was_chosen_gets_the_report(near):
    neighbour = locate(near).neighbour
    report = submitted(location=near, side=neighbour.code)
    assert report.district.code == neighbour.code
    assert report.side == neighbour.code


def test_the_own_side_can_be_confirmed(near):
    own = locate(near).district
    report = submitted(location=near, side=own.code)
    assert (report.district.code, report.side) == (own.code, own.code)


def test_a_third_district_is_no_answer(near):
    with pytest.raises(SideNeeded):
        submitted(location=near, side="lagiewniki-nie-ma")


def test_away_from_borders_nobody_is_asked_and_nothing_is_kept():
    report = submitted(side="")
    assert report.side == ""
    assert report.metres_to_border > NEAR_METRES


def test_a_location_that_errs_more_asks_farther_from_the_border():
    placement = locate(submitted().location)
    assert not is_near_border(placement, placement.metres_to_border - 1)
    assert is_near_border(placement, placement.metres_to_border + 1)


def test_a_program_that_does_not_know_of_sides_is_not_asked(near, client):
    body = {
        "submission_id": str(uuid4()),
        "category": category().code,
        "description": "Dziura przy krawężniku.",
        "location": json.loads(near.json),
    }
    answer = client.post("/api/v1/reports/", body, content_type="application/json")
    assert answer.status_code == 201
    again = client.post(
        "/api/v1/reports/",
        body | {"submission_id": str(uuid4()), "side": ""},
        content_type="application/json",
    )
    assert again.status_code == 422
    assert again.json()["code"] == "side_needed"
    assert len(again.json()["sides"]) == 2


def test_the_page_asks_with_both_names_and_keeps_what_was_typed(near, client):
    values = {
        "submission_id": str(uuid4()),
        "lat": near.y,
        "lon": near.x,
        "category": category().code,
        "description": "Dziura przy krawężniku.",
    }
    answer = client.post("/zgloszenia/nowe/", values)
    page = answer.content.decode()
    placement = locate(near)
    assert answer.status_code == 422
    assert f'value="{placement.district.code}"' in page
    assert f'value="{placement.neighbour.code}"' in page
    assert "Dziura przy krawężniku." in page
    sent = client.post("/zgloszenia/nowe/", values | {"side": placement.neighbour.code})
    assert sent.status_code == 303
    assert Report.objects.get().district.code == placement.neighbour.code
