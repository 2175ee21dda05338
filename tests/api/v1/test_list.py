"""The list of reports for programs: by key, with filters, and ten thousand at once."""

import json
from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest
from django.http import StreamingHttpResponse
from django.utils import timezone

from api.v1 import listing
from reports.models import Report, Status
from tests.factories import category, submitted

pytestmark = pytest.mark.django_db
URL = "/api/v1/reports/"


def read(client, address: str = URL, **query) -> dict:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.getvalue()
    return json.loads(answer.getvalue())


def references(page: dict) -> list[str]:
    return [one["properties"]["reference"] for one in page["features"]]


@pytest.fixture
def seven():
    """The newest first; three were sent at one instant."""
    reports = [submitted() for _number in range(7)]
    at = timezone.now() - timedelta(days=1)
    Report.objects.filter(pk__in=[one.pk for one in reports[2:5]]).update(created_at=at)
    return list(Report.objects.order_by("-created_at", "-id").values_list("reference", flat=True))


@pytest.fixture(params=["one piece", "many pieces"])
def pieces(request, monkeypatch):
    """Pages of two, whole or sent in pieces of one."""
    if request.param == "many pieces":
        monkeypatch.setattr(listing, "_PIECE", 1)


def test_pages_lead_through_all_reports_once(client, seven, pieces):
    page, found = read(client, limit=2), []
    assert page["previous"] is None
    while True:
        found += references(page)
        if page["next"] is None:
            break
        page = read(client, page["next"])
    assert found == seven


def test_pages_lead_back_the_same_way(client, seven):
    first = read(client, limit=3)
    second = read(client, first["next"])
    third = read(client, second["next"])
    assert references(read(client, third["previous"])) == references(second)
    assert references(read(client, second["previous"])) == references(first)
    assert read(client, second["previous"])["previous"] is None


def test_a_report_that_comes_meanwhile_moves_no_page(client, seven, pieces):
    first = read(client, limit=2)
    submitted()
    assert references(read(client, first["next"])) == seven[2:4]


def test_a_large_page_is_sent_while_it_is_read(client, seven, monkeypatch):
    monkeypatch.setattr(listing, "_PIECE", 2)
    answer = client.get(URL, {"limit": 5})
    assert isinstance(answer, StreamingHttpResponse)
    chunks = list(answer)
    assert len(chunks) == 5
    assert references(json.loads(b"".join(chunks))) == seven[:5]


def test_no_page_has_more_than_ten_thousand(client, seven, monkeypatch):
    assert listing._MOST == 10_000
    monkeypatch.setattr(listing, "_MOST", 6)
    assert len(references(read(client, limit=10_001))) == 6


def test_filters_hold_on_every_page(client, seven, pieces):
    graffiti = [submitted(category=category("graffiti")) for _number in range(3)]
    page = read(client, limit=2, category="graffiti")
    found = references(page) + references(read(client, page["next"]))
    assert found == [one.reference for one in reversed(graffiti)]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"category": ["graffiti", "dziura-w-jezdni"]}, 2),
        ({"group": "drogi"}, 1),
        ({"status": "resolved"}, 1),
        ({"status": ["resolved", "received"]}, 2),
        ({"district": "katedralna"}, 2),
        ({"district": "lagiewniki"}, 0),
    ],
)
def test_each_filter_selects(client, query, count):
    submitted()
    done = submitted(category=category("graffiti"))
    Report.objects.filter(pk=done.pk).update(status=Status.RESOLVED)
    assert len(read(client, **query)["features"]) == count


def test_what_changed_after_an_instant_comes_in_the_order_of_change(client, seven, pieces):
    since = timezone.now()
    for number, reference in enumerate(seven[4:]):
        at = since + timedelta(seconds=3 - number)
        Report.objects.filter(reference=reference).update(updated_at=at)
    page = read(client, updated_after=since.isoformat(), limit=2)
    found = references(page) + references(read(client, page["next"]))
    assert found == seven[:3:-1]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"category": "nie-ma"}, "category"),
        ({"group": "graffiti"}, "group"),
        ({"status": "open"}, "status"),
        ({"district": "nie-ma"}, "district"),
        ({"updated_after": "wczoraj"}, "updated_after"),
        ({"updated_after": "9999-99-99"}, "updated_after"),
        ({"cursor": "x"}, "cursor"),
        ({"cursor": urlsafe_b64encode(b"+2026-01-01T00:00:00+00:00 0").decode()}, "cursor"),
        ({"cursor": urlsafe_b64encode(b"+2026-01-01T00:00:00 1").decode()}, "cursor"),
        (
            {"cursor": urlsafe_b64encode(b"+2026-01-01T00:00:00+00:00 9" + 30 * b"9").decode()},
            "cursor",
        ),
        ({"cursor": urlsafe_b64encode(b"?2026-01-01T00:00:00+00:00 1").decode()}, "cursor"),
        ({"cursor": "ą"}, "cursor"),
    ],
)
def test_what_names_nothing_is_400_by_its_field(client, query, field):
    answer = client.get(URL, query)
    assert answer.status_code == 400
    assert answer.json()["fields"][field]
