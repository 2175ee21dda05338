"""What changed, as Atom with GeoRSS."""

import xml.etree.ElementTree as ET

import pytest
from django.contrib.gis.geos import Point
from django.urls import reverse

from maps.pages import feed as feed_page
from reports.models import Report
from tests.factories import CITY_HALL, category, submitted

pytestmark = pytest.mark.django_db
FEED = reverse("maps:feed")
ATOM, GEORSS = "{http://www.w3.org/2005/Atom}", "{http://www.georss.org/georss}"
# 400 metres north of the city hall.
NORTH = Point(CITY_HALL.x, CITY_HALL.y + 0.0036, srid=4326)
CIRCLE = f"{CITY_HALL.x},{CITY_HALL.y}"


def entries(client, **query) -> list[ET.Element]:
    answer = client.get(FEED, query)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(answer.content).findall(f"{ATOM}entry")


def titles(client, **query) -> list[str]:
    return [entry.find(f"{ATOM}title").text for entry in entries(client, **query)]


def test_an_entry_says_matter_status_and_place(client):
    report = submitted()
    (entry,) = entries(client)
    assert entry.find(f"{ATOM}title").text == f"{report.category.name}: przyjęte"
    assert entry.find(f"{ATOM}link").get("href").endswith(report.get_absolute_url())
    assert entry.find(f"{ATOM}summary").text == report.public_place_in_words
    assert entry.find(f"{GEORSS}point").text == "51.765200 19.457100"


def test_filters_and_a_circle_choose(client):
    submitted(), submitted(category=category("graffiti")), submitted(location=NORTH)
    assert len(titles(client)) == 3
    assert len(titles(client, kategoria="graffiti")) == 1
    assert len(titles(client, kolo=f"{CIRCLE},390")) == 2
    assert len(titles(client, kolo=f"{CIRCLE},450")) == 3


def test_a_hidden_report_is_not_told(client):
    Report.objects.filter(pk=submitted().pk).update(is_hidden=True)
    assert titles(client) == []


def test_only_the_last_changes_are_told(client, monkeypatch):
    monkeypatch.setattr(feed_page, "_MOST", 2)
    old, _new, _newest = submitted(), submitted(), submitted()
    shown = [one.find(f"{ATOM}id").text for one in entries(client)]
    assert len(shown) == 2
    assert not [one for one in shown if old.reference in one]


def test_a_reader_who_has_it_is_told_so(client):
    submitted()
    answer = client.get(FEED)
    assert client.get(FEED, headers={"if-none-match": answer["ETag"]}).status_code == 304
    submitted()
    assert client.get(FEED, headers={"if-none-match": answer["ETag"]}).status_code == 200


def test_an_empty_feed_stays_the_same(client):
    answer = client.get(FEED)
    assert client.get(FEED, headers={"if-none-match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "circle", ["x", "19.4,51.7", "19.4,51.7,99", "19.4,51.7,2001", "100,10,500", "nan,51.7,500"]
)
def test_what_is_no_circle_is_refused(client, circle):
    assert client.get(FEED, {"kolo": circle}).status_code == 400
