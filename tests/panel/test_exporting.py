"""All that a list of staff selects, as CSV and as GeoJSON."""

import csv
import io
from array import array

import orjson
import pytest
from django.utils import timezone, translation

from catalogue.models import Category
from panel.queue import exporting
from panel.queue.exporting import batches, keys_of
from panel.queue.rooms import Room, desk_of
from panel.queue.selection import Scope, Selection
from reports.models import Report
from tests.factories import category, dispatched
from units.models import Membership

pytestmark = pytest.mark.django_db
OPEN = "?zakres=otwarte"


def table(client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert answer["Content-Disposition"] == 'attachment; filename="zgloszenia.csv"'
    text = answer.getvalue().decode()
    assert text.startswith("\ufeffNumer;Kod kategorii;Kategoria;Status;")
    return list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))


def features(client, address: str) -> list[dict]:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/geo+json")
    collection = orjson.loads(answer.getvalue())
    assert collection.keys() == {"type", "features"}
    return collection["features"]


def test_both_files_hold_all_that_is_selected_in_the_order_of_the_list(
    client, operator, monkeypatch
):
    # Several batches, the last one not full.
    monkeypatch.setattr(exporting, "_BATCH", 2)
    client.force_login(operator)
    reports = [dispatched() for _number in range(5)]
    dispatched(category=category("inna-sprawa"))
    query = "?zakres=wszystkie&kategoria=dziura-w-jezdni"
    newest = [report.reference for report in reversed(reports)]
    assert [row["Numer"] for row in table(client, f"/panel/operator/csv/{query}")] == newest
    found = features(client, f"/panel/operator/geojson/{query}")
    assert [one["properties"]["reference"] for one in found] == newest
    # RFC 7946: longitude first.
    assert found[0]["geometry"] == {"type": "Point", "coordinates": [19.4571, 51.7652]}


def test_a_row_says_what_the_list_says(client, operator):
    client.force_login(operator)
    report = dispatched()
    [row] = table(client, f"/panel/operator/csv/{OPEN}")
    assert row == {
        "Numer": report.reference,
        "Kod kategorii": "dziura-w-jezdni",
        "Kategoria": report.category.name,
        "Status": "wysłane do jednostki",
        "Zgłoszono": f"{timezone.localtime(report.created_at):%Y-%m-%d %H:%M}",
        "Ostatnia zmiana": f"{timezone.localtime(report.updated_at):%Y-%m-%d %H:%M}",
        "Spodziewana odpowiedź": str(report.expected_by),
        "Zegar stoi od": "",
        "Drugie wezwanie": "",
        "Osiedle": "Katedralna",
        "Dzielnica": "Śródmieście",
        "Zajmuje się": report.unit.short_name,
        "Miejsce": report.place_in_words,
        "Ukryte": "nie",
        "Długość geograficzna": "19,4571",
        "Szerokość geograficzna": "51,7652",
    }


def test_neither_the_sender_nor_their_words_are_in_a_file(client, operator, resident):
    client.force_login(operator)
    dispatched(
        description="Tu Anna Nowak, tel. 601 234 567.",
        email="anna@example.org",
        consent=True,
        owner=resident,
        address="u Nowaków",
    )
    for kind in ("csv", "geojson"):
        text = client.get(f"/panel/operator/{kind}/{OPEN}").getvalue().decode()
        for words in ("Nowak", "601 234 567", "anna@", "maria"):
            assert words not in text


def test_nothing_runs_as_a_formula(client, operator):
    client.force_login(operator)
    report = dispatched()
    Report.objects.filter(pk=report.pk).update(near={"address": "=1+1", "metres": 0, "way": 0})
    named = Category.objects.rewrite(False).filter(pk=report.category_id)
    named.update(name='=HYPERLINK("http://zly.example")')
    [row] = table(client, f"/panel/operator/csv/{OPEN}")
    assert row["Kategoria"] == """'=HYPERLINK("http://zly.example")"""
    assert row["Miejsce"].startswith("'=1+1")


def test_nothing_selected_is_a_file_too(client, operator):
    client.force_login(operator)
    assert table(client, f"/panel/operator/csv/{OPEN}") == []
    assert features(client, f"/panel/operator/geojson/{OPEN}") == []


def test_a_unit_takes_nothing_of_another_along(client, unit_member, other_unit_member):
    report, hidden = dispatched(), dispatched()
    Report.objects.filter(pk=hidden.pk).update(is_hidden=True)
    for member, references in ((unit_member, [report.reference]), (other_unit_member, [])):
        client.force_login(member)
        for query in ("", "?zakres=wszystkie", "?q=dziura", "?jednostka=zdit"):
            rows = table(client, f"/panel/jednostka/csv/{query}")
            assert [row["Numer"] for row in rows] == references
            found = features(client, f"/panel/jednostka/geojson/{query}")
            assert [one["properties"]["reference"] for one in found] == references


def test_each_report_stands_there_once_while_others_arrive_and_change(
    operator, unit_member, monkeypatch
):
    monkeypatch.setattr(exporting, "_BATCH", 1)
    first, second, third = (dispatched() for _number in range(3))
    desk = desk_of(operator, Room.OPERATOR)
    pieces = batches(desk, keys_of(desk, Selection(scope=Scope.OPEN)))
    assert [row["key"] for row in next(pieces)] == [first.pk]
    dispatched()
    # It goes to the end of the list, and the second one to its beginning.
    Report.objects.filter(pk=first.pk).update(expected_by=None)
    Report.objects.filter(pk=second.pk).update(expected_by="2020-01-01")
    assert [row["key"] for rows in pieces for row in rows] == [second.pk, third.pk]


def test_whoever_loses_a_report_meanwhile_reads_it_no_more(unit_member):
    report = dispatched()
    desk = desk_of(unit_member, Room.UNIT)
    keys = array("q", [report.pk])
    assert [len(rows) for rows in batches(desk, keys)] == [1]
    Membership.objects.filter(user=unit_member).delete()
    assert [len(rows) for rows in batches(desk, keys)] == [0]


def test_each_piece_has_the_language_of_its_reader(client, operator, monkeypatch):
    monkeypatch.setattr(exporting, "_BATCH", 1)
    client.force_login(operator)
    dispatched()
    answer = client.get(f"/panel/operator/csv/{OPEN}", headers={"Accept-Language": "en"})
    # Other threads make the pieces.
    translation.deactivate()
    text = answer.getvalue().decode()
    assert text.startswith("\ufeffNumber;")
    assert ";no;" in text


def test_a_wrong_filter_is_refused_before_the_file_begins(client, operator):
    client.force_login(operator)
    for kind in ("csv", "geojson"):
        assert client.get(f"/panel/operator/{kind}/?status=x").status_code == 400


def test_what_takes_too_long_to_find_is_refused_in_words(client, operator, monkeypatch):
    monkeypatch.setattr(exporting, "read_within", lambda _milliseconds, _read: None)
    client.force_login(operator)
    answer = client.get(f"/panel/operator/csv/{OPEN}")
    assert answer.status_code == 422
    assert "Tylu zgłoszeń nie zdążymy przejrzeć" in answer.text


def test_a_batch_is_one_statement(client, operator, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(exporting, "_BATCH", 2)
    for _number in range(4):
        dispatched()
    desk = desk_of(operator, Room.OPERATOR)
    keys = keys_of(desk, Selection(scope=Scope.OPEN))
    assert operator.is_operator
    with django_assert_num_queries(2):
        assert [len(rows) for rows in batches(desk, keys)] == [2, 2]


def test_the_list_offers_the_same_selection_as_files(client, unit_member):
    client.force_login(unit_member)
    page = client.get("/panel/jednostka/?zakres=wszystkie&q=dziura").text
    for kind in ("csv", "geojson"):
        assert f'href="/panel/jednostka/{kind}/?zakres=wszystkie&amp;q=dziura"' in page
