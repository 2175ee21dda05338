"""Sheets to take along: what is on them, for whom, and in which order."""

import random
from io import BytesIO
from itertools import pairwise, permutations

import pytest
from django.contrib.gis.geos import Point
from pypdf import PdfReader

from panel.sheets import views
from panel.sheets.route import metres_between, short_way
from reports.models import Photo, Report
from tests.factories import category, dispatched
from tests.people import person

CASE = "/panel/zgloszenia/{}/karta/"
UNIT, OPERATOR = "/panel/jednostka/lista-na-dzien/", "/panel/operator/lista-na-dzien/"


def drawn(number: int, seed: int) -> list[Point]:
    chosen = random.Random(seed)
    return [
        Point(19.4 + chosen.random() / 10, 51.7 + chosen.random() / 10, srid=4326)
        for _place in range(number)
    ]


def long(places: list[Point], way: list[int]) -> float:
    return sum(metres_between(places[one], places[other]) for one, other in pairwise(way))


def text_of_pdf(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_metres_are_those_of_the_earth():
    # A degree of latitude, and of longitude at 51.77° north.
    assert metres_between(Point(19.4, 51.7), Point(19.4, 51.71)) == pytest.approx(1112, abs=2)
    assert metres_between(Point(19.4, 51.77), Point(19.41, 51.77)) == pytest.approx(688, abs=2)


@pytest.mark.parametrize("seed", range(5))
def test_the_way_is_nearly_the_shortest_and_begins_with_the_first(seed):
    places = drawn(7, seed)
    way = short_way(places)
    assert way[0] == 0
    assert sorted(way) == list(range(7))
    best = min(long(places, [0, *rest]) for rest in permutations(range(1, 7)))
    assert long(places, way) <= 1.15 * best


def test_a_day_is_ordered_at_once_also_where_places_are_the_same():
    assert short_way([]) == []
    same = [Point(19.45, 51.77, srid=4326)] * views.MOST_REPORTS
    assert sorted(short_way(same)) == list(range(views.MOST_REPORTS))
    many = drawn(views.MOST_REPORTS, 1)
    assert long(many, short_way(many)) < long(many, list(range(len(many)))) / 2


@pytest.mark.django_db
def test_the_sheet_of_a_case_has_what_one_needs_there(client, unit_member):
    report = dispatched()
    client.force_login(unit_member)
    answer = client.get(CASE.format(report.reference))
    assert answer["Content-Type"] == "application/pdf"
    text = text_of_pdf(answer.content)
    for words in ("Karta pracy", report.reference, report.description, "Piotrkowska 99"):
        assert words in text
    assert "linii prostej" not in text


@pytest.mark.django_db
def test_a_photo_whose_file_is_lost_is_left_out(client, unit_member):
    report = dispatched()
    Photo.objects.create(report=report, state=Photo.State.READY, large="gone.webp")
    client.force_login(unit_member)
    assert client.get(CASE.format(report.reference)).status_code == 200


@pytest.mark.django_db
def test_a_list_is_printed_in_the_order_of_the_way(client, unit_member, monkeypatch):
    monkeypatch.setattr(views, "MOST_REPORTS", 3)
    made = [dispatched() for _number in range(4)]
    for report, lon in zip(made, (19.45, 19.47, 19.46, 19.48), strict=True):
        Report.objects.filter(pk=report.pk).update(location=Point(lon, 51.77, srid=4326))
    client.force_login(unit_member)
    text = text_of_pdf(client.get(UNIT).content)
    places = [text.find(report.reference) for report in made]
    # By their time limit and number the first three; the second lies behind the third.
    assert places[0] < places[2] < places[1]
    assert places[3] == -1
    assert "linii prostej" in text
    assert "od poprzedniego" in text


@pytest.mark.django_db
def test_sheets_show_nobody_what_is_not_theirs(client, operator):
    report = dispatched()
    client.force_login(person("zofia", unit="zzm"))
    assert client.get(CASE.format(report.reference)).status_code == 404
    assert "nie ma zgłoszeń" in text_of_pdf(client.get(UNIT).content)
    client.force_login(operator)
    assert client.get(OPERATOR, {"zakres": "otwarte", "kategoria": "nie-ma"}).status_code == 400
    dispatched(category=category("wrak"))
    shown = text_of_pdf(client.get(OPERATOR, {"zakres": "otwarte", "kategoria": "wrak"}).content)
    assert report.reference not in shown
