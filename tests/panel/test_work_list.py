"""The list of staff: what its filters select, and how one goes from page to page."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maps.circle import Circle
from panel.queue import counting, listing, views
from panel.queue import map as work_map
from panel.queue.reasons import Reason
from panel.queue.selection import Age, Deadline, Order, Scope, Selection, Whose, read_selection
from reports.handling.status import change_status
from reports.models import Report, Status
from tests.factories import category, dispatched

pytestmark = pytest.mark.django_db
ALL = "/panel/operator/?zakres=wszystkie"
LAGIEWNIKI = Point(19.4687, 51.8449, srid=4326)
CITY = "bbox=19.3,51.6,19.7,51.9&zoom=10"


@pytest.fixture
def pothole() -> Report:
    return dispatched()


@pytest.fixture
def dump() -> Report:
    """Elsewhere, of another group and unit, sent forty days ago, rejected."""
    report = dispatched(
        category=category("dzikie-wysypisko"), location=LAGIEWNIKI, description="Góra śmieci."
    )
    change_status(report, Status.REJECTED, note="To teren prywatny.")
    Report.objects.filter(pk=report.pk).update(
        created_at=timezone.now() - timedelta(days=40), expected_by=None
    )
    report.refresh_from_db()
    return report


def listed(client, address: str) -> list[Report]:
    page = client.get(address)
    assert page.status_code == 200, page.text
    return page.context["page"].reports


def drawn(client, address: str) -> dict:
    """What the map of the whole city shows."""
    answer = client.get(f"{address}&{CITY}")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize(
    "filters",
    [
        "status=rejected",
        "kategoria=dzikie-wysypisko",
        "grupa=czystosc",
        "osiedle=lagiewniki",
        "dzielnica=Bałuty",
        "jednostka={unit}",
        "wiek=ponad-30-dni",
        "q=smieci",
        "kolo=19.4687,51.8449,500",
        "status=resolved&status=rejected&kategoria=dzikie-wysypisko&kategoria=graffiti",
    ],
)
def test_each_filter_selects(client, operator, pothole, dump, filters):
    client.force_login(operator)
    assert listed(client, f"{ALL}&{filters}".format(unit=dump.unit.code)) == [dump]
    assert listed(client, ALL) == [pothole, dump]


def test_time_limits_are_those_of_open_reports(client, operator, pothole, dump):
    client.force_login(operator)
    today = timezone.localdate()
    Report.objects.filter(pk=dump.pk).update(expected_by=today - timedelta(days=1))
    for days, fits in ((-1, "po-terminie"), (0, "wkrotce"), (2, "wkrotce"), (3, "pozniej")):
        Report.objects.filter(pk=pothole.pk).update(expected_by=today + timedelta(days=days))
        for one in Deadline:
            expected = [pothole] if one == fits else []
            assert listed(client, f"{ALL}&termin={one.value}") == expected, (days, one)
    Report.objects.update(expected_by=None)
    assert listed(client, f"{ALL}&termin=bez-terminu") == [pothole]


def test_mine_and_nobodys_are_those_of_whoever_looks(client, operator, unit_member, pothole, dump):
    second = dispatched()
    Report.objects.filter(pk=second.pk).update(assignee=unit_member)
    client.force_login(unit_member)
    assert listed(client, "/panel/jednostka/?kto=moje") == [second]
    assert listed(client, "/panel/jednostka/?kto=niczyje") == [pothole]
    client.force_login(operator)
    assert listed(client, f"{ALL}&kto=moje") == []
    # What is done is nobody's to take.
    assert listed(client, f"{ALL}&kto=niczyje") == [pothole]


def test_while_the_sender_is_asked_nothing_becomes_late(client, operator, pothole):
    client.force_login(operator)
    today = timezone.localdate()
    late, asked = today - timedelta(days=2), today - timedelta(days=5)
    Report.objects.update(expected_by=late, asked_on=asked)
    assert listed(client, f"{ALL}&termin=po-terminie") == []
    Report.objects.update(asked_on=today)
    assert listed(client, f"{ALL}&termin=po-terminie") == [pothole]


def test_a_number_means_that_report_whatever_else_is_chosen(client, operator, pothole, dump):
    client.force_login(operator)
    typed = dump.reference.lower().replace("-", " ")
    assert listed(client, f"/panel/operator/?q={typed}&status=received&osiedle=katedralna") == [
        dump
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        *(f"{name}=x" for name in ("zakres", "status", "kategoria", "grupa", "osiedle", "wiek")),
        *(f"{name}=x" for name in ("dzielnica", "jednostka", "termin", "kolo", "kolejnosc", "kto")),
        *(f"{name}=x" for name in ("powod", "po", "przed")),
        "po=2026-13-01_1_1",
        "kolo=0.0,0.0,500",
        f"q={'x' * 201}",
    ],
)
def test_what_names_nothing_is_said_in_words(client, operator, pothole, wrong):
    client.force_login(operator)
    page = client.get(f"/panel/operator/?{wrong}")
    assert page.status_code == 400
    assert page.context["errors"]
    assert 'role="alert"' in page.text


def test_a_unit_has_no_scope_of_decisions(client, unit_member, pothole):
    client.force_login(unit_member)
    assert client.get("/panel/jednostka/?zakres=do-decyzji").status_code == 400


def test_an_address_says_all_of_a_selection():
    whole = Selection(
        scope=Scope.DECISION,
        order=Order.NEWEST,
        words="dziura w jezdni",
        statuses=frozenset({"received", "in_progress"}),
        categories=frozenset({"graffiti", "wrak"}),
        groups=frozenset({"zima"}),
        district="katedralna",
        borough="Śródmieście",
        unit="zdit",
        age=Age.WEEK,
        deadline=Deadline.OVERDUE,
        whose=Whose.NOBODYS,
        circle=Circle(19.4571, 51.7652, 300),
        reason=Reason.BORDER,
    )
    assert read_selection(QueryDict(whole.as_query()), tuple(Scope)) == whole
    assert all(name in whole.as_query() for name, value in whole.parameters().items() if value)


@pytest.mark.parametrize("order", ["termin", "najnowsze"])
def test_pages_do_not_shift_while_reports_come_and_go(client, operator, monkeypatch, order):
    monkeypatch.setattr(listing, "PAGE", 2)
    client.force_login(operator)
    today, reports = timezone.localdate(), [dispatched() for _number in range(5)]
    for report, days in zip(reports, (3, 1, None, 3, None), strict=True):
        limit = None if days is None else today + timedelta(days=days)
        Report.objects.filter(pk=report.pk).update(expected_by=limit)
    places = (1, 0, 3, 2, 4) if order == "termin" else (4, 3, 2, 1, 0)
    expected = [reports[place] for place in places]
    address = f"/panel/operator/?zakres=otwarte&kolejnosc={order}"
    first = client.get(address).context["page"]
    assert (first.reports, first.before) == (expected[:2], None)
    assert "5 zgłoszeń" in client.get(address).text
    # One arrives above, and the last one of the page is done.
    early = dispatched()
    Report.objects.filter(pk=early.pk).update(expected_by=today - timedelta(days=9))
    change_status(expected[1], Status.RESOLVED, note="Załatane.")
    second = client.get(f"{address}&po={first.after.text}").context["page"]
    assert second.reports == expected[2:4]
    third = client.get(f"{address}&po={second.after.text}").context["page"]
    assert (third.reports, third.after) == (expected[4:], None)
    back = client.get(f"{address}&przed={third.before.text}").context["page"]
    assert back.reports == expected[2:4]
    top = client.get(f"{address}&przed={back.before.text}").context["page"]
    assert (top.reports, top.before) == ([early, expected[0]], None)


def test_a_unit_finds_nothing_of_another_by_any_address(client, other_unit_member, pothole):
    client.force_login(other_unit_member)
    for query in (
        "",
        "zakres=wszystkie",
        f"q={pothole.reference}",
        "q=dziura",
        "jednostka=zdit",
        f"kolo={pothole.location.x},{pothole.location.y},500",
    ):
        page = client.get(f"/panel/jednostka/?{query}")
        assert (page.context["page"].reports, page.context["page"].total) == ([], 0), query
        assert drawn(client, f"/panel/jednostka/mapa/?{query}")["total"] == 0, query


def test_the_map_draws_all_that_is_selected_and_not_one_page(client, operator, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 1)
    reports = [dispatched(), dispatched(), dispatched(location=LAGIEWNIKI)]
    client.force_login(operator)
    address = "/panel/operator/mapa/?zakres=otwarte"
    shown = drawn(client, address)
    assert {row["reference"] for row in shown["reports"]} == {row.reference for row in reports}
    monkeypatch.setattr(work_map, "MOST_REPORTS", 2)
    shown = drawn(client, address)
    assert (shown["total"], shown["reports"]) == (3, [])
    assert sorted(one["count"] for one in shown["clusters"]) == [1, 2]
    assert drawn(client, f"{address}&osiedle=lagiewniki")["total"] == 1


def test_a_hidden_report_is_on_the_map_of_operators_only(client, operator, unit_member, pothole):
    Report.objects.filter(pk=pothole.pk).update(is_hidden=True)
    client.force_login(operator)
    assert drawn(client, "/panel/operator/mapa/?zakres=otwarte")["total"] == 1
    client.force_login(unit_member)
    assert drawn(client, "/panel/jednostka/mapa/?")["total"] == 0


def test_what_takes_too_long_is_said(client, operator, monkeypatch, pothole):
    monkeypatch.setattr(listing, "read_within", lambda longest, look: None)
    client.force_login(operator)
    page = client.get(ALL)
    assert page.context["page"].is_cut
    assert "Tylu zgłoszeń nie zdążymy" in page.text


def test_more_than_some_are_not_counted(client, operator, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 1)
    monkeypatch.setattr(counting, "MOST_COUNTED", 2)
    monkeypatch.setattr(views, "MOST_COUNTED", 2)
    for _number in range(3):
        dispatched()
    client.force_login(operator)
    assert client.get(ALL).context["total_words"] == "Ponad 2 zgłoszeń"


@pytest.mark.parametrize("address", ["/panel/jednostka/", "/panel/operator/"])
def test_a_list_takes_ten_statements_however_long_it_is(
    client, operator, unit_member, monkeypatch, address
):
    monkeypatch.setattr(listing, "PAGE", 4)
    for _number in range(5):
        report = dispatched(category=category("inna-sprawa") if "operator" in address else None)
        Report.objects.filter(pk=report.pk).update(personal_data=["phone"], asked_on="2026-01-02")
    client.force_login(operator if "operator" in address else unit_member)
    # What changes seldom is kept by the process.
    client.get(address)
    with CaptureQueriesContext(connection) as statements:
        page = client.get(address)
    assert len(page.context["page"].reports) == 4
    asked = [one["sql"] for one in statements if one["sql"].startswith("SELECT")]
    assert len(asked) <= 10, "\n".join(one[:150] for one in asked)


def test_what_comes_while_the_page_is_made_is_told_by_its_stream(client, operator, monkeypatch):
    dispatched()
    real, came = views.list_page, []

    def meanwhile(*arguments):
        page = real(*arguments)
        came.append(dispatched().assignments.earliest("pk").pk)
        return page

    monkeypatch.setattr(views, "list_page", meanwhile)
    client.force_login(operator)
    _address, _od, since = client.get(ALL).context["live_url"].partition("&od=")
    assert int(since) < came[0]
