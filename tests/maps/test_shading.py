"""Districts by classes: which colour each has, what stands on it and what the legend says."""

import re
from html import unescape

import pytest
from django.db import connection
from django.urls import reverse

from districts.models import District
from maps.pages import public_map
from maps.pages.numbers import DistrictNumbers
from maps.pages.shading import Shading, shade
from maps.pages.view import Drawn
from maps.selection import StatusClass
from maps.summary.reading import Count
from tests.factories import submitted

MAP = reverse("maps:map")


def shaded(numbers: dict[str, int], drawn=Drawn.COUNTS, **residents: int | None) -> Shading:
    rows = [
        DistrictNumbers(
            code, code.upper(), residents.get(code), Count({StatusClass.WAITING: number})
        )
        for code, number in numbers.items()
    ]
    return shade(rows, drawn)


def shades(shading: Shading) -> dict[str, int | None]:
    return {one.district.code: one.shade for one in shading.districts}


def test_few_numbers_have_a_class_each_and_the_most_is_the_darkest():
    found = shaded({"a": 0, "b": 3, "c": 1, "d": 3})
    assert shades(found) == {"b": 5, "d": 5, "c": 4, "a": 0}
    assert found.classes == [(0, "0"), (4, "1"), (5, "3")]


def test_many_numbers_make_five_classes_of_about_as_many_districts():
    found = shaded({f"d{number}": number for number in range(1, 36)})
    assert found.classes == [(1, "1–7"), (2, "8–14"), (3, "15–21"), (4, "22–28"), (5, "29–35")]


def test_districts_with_the_same_number_share_a_class_even_if_it_is_large():
    numbers = {f"d{number}": number for number in range(1, 7)}
    found = shaded(numbers | {f"e{number}": 4 for number in range(30)})
    assert len({shades(found)[code] for code in ["d4", *(f"e{n}" for n in range(30))]}) == 1
    assert found.classes[-1][0] == 5


def test_the_most_come_first_and_the_same_by_name():
    found = shaded({"a": 1, "b": 5, "c": 5})
    assert [one.district.code for one in found.districts] == ["b", "c", "a"]


def test_numbers_for_residents_are_said_beside_those_of_reports():
    found = shaded({"a": 12, "b": 12}, Drawn.RATES, a=3000, b=60_000)
    first, second = found.districts
    assert (first.number, second.number) == ("4,0", "0,20")
    assert first.words == "4,0 na 1000 mieszkańców; 12 zgłoszeń (czeka na jednostkę: 12)"
    assert found.classes == [(4, "0,20"), (5, "4,0")]


@pytest.mark.parametrize("residents", [None, 0])
def test_where_nobody_knows_the_residents_nothing_is_guessed(residents):
    found = shaded({"a": 12, "b": 1}, Drawn.RATES, a=residents, b=1000)
    assert shades(found) == {"b": 5, "a": None}
    assert found.districts[-1].number == "?"
    assert found.classes[-1] == (None, "nie znamy liczby mieszkańców")


def page(client, **query) -> str:
    answer = client.get(MAP, query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def change_residents(number: int | None) -> None:
    with connection.cursor() as cursor:
        # An edition in force is never changed otherwise.
        cursor.execute("ALTER TABLE districts_district DISABLE TRIGGER USER")
        District.objects.update(population=number)
        cursor.execute("ALTER TABLE districts_district ENABLE TRIGGER USER")


def row(html: str, code: str = "katedralna") -> str:
    return re.search(rf'<li data-district="{code}".*?</li>', html, re.DOTALL)[0]


@pytest.mark.django_db
def test_the_page_has_the_colours_and_every_link_keeps_them(client):
    submitted(), submitted()
    html = page(
        client, pokaz="osiedla", osiedle="katedralna", okres="30-dni", bbox="19.4,51.7,19.5,51.8"
    )
    assert 'data-number="2" data-shade="5"' in row(html)
    assert 'data-number="0" data-shade="0"' in row(html, "ruda")
    assert 'data-drawn="osiedla"' in html
    assert '<input type="radio" name="pokaz" value="osiedla" id="pokaz-counts" checked>' in html
    results = html.split("data-map-results")[1].split("data-map-said")[0]
    links = re.findall(r'href="\?([^"]*)"', results)
    assert links
    assert all("pokaz=osiedla" in link for link in links)


@pytest.mark.django_db
def test_the_page_divides_by_the_residents_of_the_edition(client):
    submitted()
    change_residents(2000)
    assert 'data-number="0,50"' in row(page(client, pokaz="osiedla-na-1000"))


@pytest.mark.django_db
def test_without_numbers_of_residents_nobody_is_offered_to_divide_by_them(client):
    assert 'value="osiedla-na-1000"' in page(client)
    change_residents(None)
    html = page(client)
    assert 'value="osiedla-na-1000"' not in html
    assert 'value="osiedla"' in html


@pytest.mark.django_db
def test_what_the_map_cannot_show_is_refused(client):
    answer = client.get(MAP, {"pokaz": "pogoda"})
    assert answer.status_code == 400
    assert "Mapa nie pokazuje takich danych." in answer.content.decode()


@pytest.mark.django_db
def test_districts_that_cannot_be_counted_in_time_are_not_coloured(client, monkeypatch):
    monkeypatch.setattr(public_map, "numbers_of_districts", lambda selection: None)
    html = page(client, pokaz="osiedla")
    assert "Tylu zgłoszeń nie zdążymy policzyć w osiedlach." in html
    assert "data-district=" not in html


@pytest.mark.django_db
def test_a_frame_shows_the_districts_with_their_list(client):
    submitted()
    answer = client.get(reverse("maps:embedded"), {"pokaz": "osiedla", "okres": "30-dni"})
    html = unescape(answer.content.decode())
    assert 'data-shade="5"' in row(html)
    assert "Zgłoszenia w osiedlu" in html
