"""`/mapa/dane/`: what the map draws of its view."""

import pytest
from django.contrib.gis.geos import Point
from django.urls import reverse
from django.utils import timezone

from maps import data
from maps.summary.folding import fold_due
from reports.models import Report, Status
from tests.factories import category, submitted

pytestmark = pytest.mark.django_db
ADDRESS = reverse("maps:data")
CITY = "19.3,51.6,19.7,51.9"
OTHER = Point(19.50, 51.75, srid=4326)


def view(client, bbox: str = CITY, zoom: int = 12, **filters):
    answer = client.get(ADDRESS, {"bbox": bbox, "zoom": zoom, **filters})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_few_reports_are_shown_one_by_one(client):
    report = submitted()
    shown = view(client)
    assert (shown["total"], shown["more_than"], shown["clusters"]) == (1, None, [])
    assert shown["reports"] == [
        {
            "reference": report.reference,
            "category": "dziura-w-jezdni",
            "icon": report.category.icon,
            "status": "waiting",
            "lon": 19.4571,
            "lat": 51.7652,
            "created_at": f"{report.created_at:%Y-%m-%dT%H:%M:%S.%fZ}",
            "words": report.place_in_words,
        }
    ]


@pytest.fixture
def three(monkeypatch):
    monkeypatch.setattr(data, "MOST_REPORTS", 2)
    submitted(), submitted(), submitted(location=OTHER)
    Report.objects.filter(location=OTHER).update(status=Status.REJECTED)


@pytest.mark.parametrize("is_folded", [False, True])
def test_many_reports_are_shown_as_squares_with_exact_numbers(client, three, is_folded):
    if is_folded:
        fold_due()
    shown = view(client)
    assert (shown["total"], shown["reports"]) == (3, [])
    assert sorted((one["count"], one["statuses"]) for one in shown["clusters"]) == [
        (1, {"closed": 1}),
        (2, {"waiting": 2}),
    ]


def test_a_mark_stands_in_the_inner_half_of_its_square(client, three):
    for cluster in view(client)["clusters"]:
        west, south, east, north = cluster["extent"]
        assert west + (east - west) * 0.24 < cluster["lon"] < east - (east - west) * 0.24
        assert south + (north - south) * 0.24 < cluster["lat"] < north - (north - south) * 0.24


@pytest.mark.parametrize("zoom", [0, 5, 17, 18, 19, 22])
def test_squares_of_every_zoom_have_the_same_sum(client, three, zoom):
    shown = view(client, "19.456,51.764,19.458,51.766" if zoom > 16 else CITY, zoom)
    assert sum(one["count"] for one in shown["clusters"]) + len(shown["reports"]) == shown["total"]
    assert shown["total"] == (2 if zoom > 16 else 3)


def test_filters_count(client, three):
    submitted(category=category("graffiti"))
    assert view(client, kategoria="graffiti")["total"] == 1
    assert view(client, grupa="drogi", status="czeka")["total"] == 2
    assert view(client, osiedle="katedralna")["total"] == 3
    assert view(client, miesiac="2019-01")["total"] == 0


def test_nothing_is_found_far_from_the_city(client, three):
    assert view(client, "100,10,101,11")["total"] == 0


def test_a_view_of_the_world_at_the_last_zoom_is_answered_in_larger_squares(client, three):
    assert view(client, "-180,-90,180,90", 22)["total"] == 3


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"zoom": "12"}, "bbox"),
        ({"bbox": CITY}, "zoom"),
        ({"bbox": CITY, "zoom": "23"}, "zoom"),
        ({"bbox": CITY, "zoom": "-1"}, "zoom"),
        ({"bbox": "nan,51,20,52", "zoom": "12"}, "bbox"),
        ({"bbox": "1e9,51,20,52", "zoom": "12"}, "bbox"),
        ({"bbox": "19,51,20", "zoom": "12"}, "bbox"),
        ({"bbox": "19,51,20,52,53", "zoom": "12"}, "bbox"),
        ({"bbox": "179,51,-179,52", "zoom": "12"}, "bbox"),
        ({"bbox": "19,51,200,52", "zoom": "12"}, "bbox"),
        ({"bbox": CITY, "zoom": "12", "kategoria": "nie-ma"}, "kategoria"),
    ],
)
def test_what_is_no_view_is_refused_by_its_field(client, values, field):
    answer = client.get(ADDRESS, values, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]


def test_more_than_can_be_looked_at_is_said_and_not_guessed(client, three, monkeypatch):
    monkeypatch.setattr("maps.summary.reading.MOST_LOOKED_AT", 1)
    shown = view(client, miesiac=f"{timezone.localdate():%Y-%m}")
    assert (shown["total"], shown["more_than"], shown["clusters"]) == (0, 1, [])


def test_places_are_asked_for_by_few_statements(client, django_assert_max_num_queries):
    for _number in range(5):
        submitted()
    view(client)
    with django_assert_max_num_queries(5):
        view(client)


def test_a_few_reports_among_too_many_others_are_squares(client, monkeypatch):
    """Where no index leads past the others to those that are meant."""
    submitted(), submitted(category=category("graffiti"))
    few = {"kategoria": "graffiti", "status": "czeka"}
    assert len(view(client, **few)["reports"]) == 1
    monkeypatch.setattr(data, "_REACH", 0)
    shown = view(client, **few)
    assert (shown["total"], shown["reports"]) == (1, [])
    assert [one["count"] for one in shown["clusters"]] == [1]
    # Of all reports of a view, and of those that were looked at, nobody stands in the way.
    assert len(view(client)["reports"]) == 2
    assert len(view(client, miesiac=f"{timezone.localdate():%Y-%m}")["reports"]) == 2


def test_only_reports_of_the_view_are_shown(client):
    here, _there = submitted(), submitted(location=OTHER)
    shown = view(client, "19.456,51.764,19.458,51.766", 17)
    assert [one["reference"] for one in shown["reports"]] == [here.reference]


def test_a_sensitive_place_is_rounded_and_said_without_its_house(client):
    report = submitted(category=category("zaklocanie-porzadku"))
    near = {"address": "Piotrkowska 104", "metres": 0, "way": 0}
    Report.objects.filter(pk=report.pk).update(near=near)
    report.refresh_from_db()
    (shown,) = view(client)["reports"]
    rounded = report.public_location
    assert (shown["lon"], shown["lat"]) == (round(rounded.x, 6), round(rounded.y, 6))
    assert (shown["lon"], shown["lat"]) != (19.4571, 51.7652)
    assert "Piotrkowska" not in shown["words"]
    # Where it really lies, nothing is to be found from near.
    there = "19.45705,51.76515,19.45715,51.76525"
    assert view(client, there, 19)["total"] == 0


def test_nobody_keeps_a_view(client):
    answer = client.get(ADDRESS, {"bbox": CITY, "zoom": 12})
    assert "no-store" in answer["Cache-Control"]
