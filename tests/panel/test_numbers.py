"""The numbers of the work: whose, of what, and which are hidden."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from panel.numbers.measures import Measure
from panel.numbers.tables import hidden_rows
from reports.models import Mark, Report, TallyState
from reports.tallies.folding import fold_due
from reports.tallies.reading import Figures
from tests.factories import category, dispatched
from tests.maps.test_sequences import PLACES
from tests.reports.tallies.copied import copies

TODAY = date(2026, 11, 27)


@pytest.fixture
def city(db) -> dict[str, Report]:
    """12 potholes of ZDiT, of them 3 open and one overdue, and 11 dumps of another unit; in two
    districts.
    """
    sent = timezone.now() - timedelta(days=20)
    hole = dispatched()
    dump = dispatched(category=category("dzikie-wysypisko"), location=PLACES[4])
    Report.objects.filter(pk=hole.pk).update(expected_by=timezone.localdate() - timedelta(days=1))
    copies(hole, [*[2] * 8, 12], sent=sent)
    copies(hole, [None, None], sent=sent, expected_by=None)
    copies(dump, [4] * 10, sent=sent)
    fold_due()
    return {"hole": hole, "dump": dump}


def figures(client, query: str = "") -> dict[Measure, int | None]:
    said = client.get(f"/panel/liczby/?{query}").context["figures"]
    return {measure: None if words == "–" else int(words) for measure, words in said}


def test_the_operator_sees_the_numbers_of_all(client, operator, city):
    client.force_login(operator)
    found = figures(client)
    assert found[Measure.RECEIVED] == Report.objects.count() == 23
    assert found[Measure.OPEN] == Report.objects.open().count() == 4
    assert found[Measure.OVERDUE] == Report.objects.overdue().count() == 1
    assert (found[Measure.RESOLVED_HALF], found[Measure.RESOLVED_NINE]) == (4, 4)
    assert found[Measure.REOPENED] == 0
    # Nobody judged anything.
    assert found[Measure.SATISFIED] is None


def test_a_unit_sees_the_numbers_of_what_it_may_see(client, unit_member, city):
    client.force_login(unit_member)
    seen = Report.objects.visible_to(unit_member)
    assert figures(client)[Measure.RECEIVED] == seen.count() == 12
    of_osiedla = client.get("/panel/liczby/csv/osiedla/").content.decode()
    assert ";12;" in of_osiedla
    assert ";11;" not in of_osiedla
    page = client.get("/panel/liczby/")
    assert city["dump"].unit.short_name not in page.content.decode()


@pytest.mark.parametrize("path", ["/panel/liczby/", "/panel/liczby/csv/osiedla/"])
def test_a_unit_cannot_ask_for_another(client, unit_member, city, path):
    client.force_login(unit_member)
    answer = client.get(path, {"jednostka": city["dump"].unit.code})
    assert answer.status_code == 400
    assert not answer.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("kategoria=dziura-w-jezdni", 12),
        ("grupa=drogi", 12),
        ("osiedle=katedralna", 12),
        ("jednostka=zdit&osiedle=katedralna&kategoria=dziura-w-jezdni", 12),
    ],
)
def test_filters_choose(client, operator, city, query, number):
    client.force_login(operator)
    assert figures(client, query)[Measure.RECEIVED] == number


@pytest.mark.parametrize(
    "query",
    [
        "od=2026-13",
        "do=1999-01",
        "osiedle=x",
        "kategoria=x",
        "grupa=x",
        "jednostka=x",
        "miara=x",
        "grupa=drogi&kategoria=dzikie-wysypisko",
        "od={later}&do={month}",
    ],
)
def test_a_wrong_address_is_said(client, operator, query):
    month = timezone.localdate().replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    client.force_login(operator)
    words = query.format(later=f"{month:%Y-%m}", month=f"{before:%Y-%m}")
    answer = client.get(f"/panel/liczby/?{words}")
    assert answer.status_code == 400
    assert answer.context["errors"]


def test_months_choose(client, operator, city):
    client.force_login(operator)
    last_year = (timezone.localdate() - timedelta(days=300)).strftime("%Y-%m")
    assert figures(client, f"do={last_year}")[Measure.RECEIVED] == 0


def test_a_selection_of_fewer_than_ten_shows_nothing(client, operator, db):
    hole = dispatched()
    copies(hole, [31] * 8, sent=timezone.now() - timedelta(days=40))
    fold_due()
    client.force_login(operator)
    page = client.get("/panel/liczby/").content.decode()
    assert "mniej niż 10 zgłoszeń" in page
    assert "<table>" not in page
    file = client.get("/panel/liczby/csv/kategorie/").content.decode()
    assert f"{hole.category.name};ukryte;;;" in file
    copies(hole, [31], sent=timezone.now() - timedelta(days=40))
    fold_due()
    assert "<table>" in client.get("/panel/liczby/").content.decode()


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 10, "b": 200, "c": 0}, set()),
        # One alone would be the total less the others.
        ({"a": 3, "b": 200, "c": 30, "d": 0}, {"a", "c"}),
        # So would two that are known to be one each.
        ({"a": 1, "b": 1, "c": 30, "d": 40}, {"a", "b", "c"}),
        ({"a": 4, "b": 6, "c": 30, "d": 40}, {"a", "b"}),
        ({"a": 3, "b": 11}, {"a", "b"}),
        ({"a": 3}, {"a"}),
    ],
)
def test_what_is_hidden_cannot_be_told_from_the_total(counts, hidden):
    assert hidden_rows(counts) == hidden


def test_days_and_shares_are_said_of_ten_or_more():
    nine = Figures({(Mark.RESOLVED, 3): 9, (Mark.CLOSED, 0): 9, (Mark.FIXED, 0): 9})
    assert [measure.of(nine, TODAY) for measure in list(Measure)[5:]] == [None] * 4
    nine.add(Figures({(Mark.RESOLVED, 20): 1, (Mark.CLOSED, 0): 1, (Mark.BROKEN, 0): 1}))
    assert [measure.of(nine, TODAY) for measure in list(Measure)[5:]] == [3, 3, 0, 90]


def test_a_file_opens_in_a_spreadsheet(client, operator, city):
    client.force_login(operator)
    answer = client.get("/panel/liczby/csv/osiedla/")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    head, *rows = answer.content.decode().removeprefix("\ufeff").splitlines()
    assert head.startswith("Osiedle;Zgłoszenia;Otwarte;")
    residents = city["hole"].district.population
    rate = str(round(12_000 / residents, 1)).replace(".", ",")
    assert f"Katedralna;12;3;1;;;;;;;{rate}" in rows
    # All osiedla, also those of which nobody wrote.
    assert len(rows) == 36
    assert client.get("/panel/liczby/csv/x/").status_code == 404


def test_before_the_first_counting_the_page_says_so(client, operator, city):
    TallyState.objects.all().delete()
    client.force_login(operator)
    assert "Jeszcze nie policzyliśmy" in client.get("/panel/liczby/").content.decode()


def test_a_page_takes_ten_statements_whatever_is_counted(
    client, operator, city, django_assert_max_num_queries
):
    client.force_login(operator)
    client.get("/panel/liczby/")
    with django_assert_max_num_queries(10):
        client.get("/panel/liczby/?grupa=drogi&osiedle=katedralna")
