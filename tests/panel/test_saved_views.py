"""Selections that staff keep under a name: whose they are, what they count, who reaches them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from panel.models import SavedView
from panel.queue import listing, saved_views
from reports.handling.status import change_status
from reports.models import Report, Status
from tests.factories import category, dispatched
from tests.people import person

pytestmark = pytest.mark.django_db
UNIT, OPERATOR = "/panel/jednostka/", "/panel/operator/"


def save(client, room: str, name: str, query: str = "", **more):
    return client.post(f"{room}widoki/", {"name": name, "query": query, **more})


def shown(client, room: str) -> dict[str, str]:
    """Names and counts of the views above the list."""
    rows = client.get(room).context["saved_views"]
    return {view.name: count for view, count, _is_chosen in rows}


def test_a_view_is_kept_with_its_count_and_leads_to_its_list(client, unit_member):
    reports = [dispatched() for _number in range(3)]
    change_status(reports[0], Status.IN_PROGRESS, by=unit_member)
    client.force_login(unit_member)
    answer = save(client, UNIT, "W toku", "status=in_progress")
    assert answer.status_code == 302
    assert client.get(answer["Location"]).context["page"].reports == [reports[0]]
    save(client, UNIT, "Wszystko", "zakres=wszystkie")
    save(client, UNIT, "Dziury", "q=dziura")
    assert shown(client, UNIT) == {"W toku": "1", "Wszystko": "3", "Dziury": "3"}
    assert not AuditEntry.objects.filter(action__startswith="view").exists()


def test_an_operators_view_counts_what_is_to_be_decided(client, operator):
    dispatched()
    dispatched(category=category("inna-sprawa"))
    client.force_login(operator)
    save(client, OPERATOR, "Do decyzji", "")
    save(client, OPERATOR, "Przy granicy", "powod=przy-granicy")
    assert shown(client, OPERATOR) == {"Do decyzji": "1", "Przy granicy": "0"}


def test_what_a_unit_shares_everybody_there_sees_and_nobody_else(
    client, operator, unit_member, other_unit_member
):
    client.force_login(unit_member)
    save(client, UNIT, "Nasze", "status=forwarded", shared="on")
    save(client, UNIT, "Moje", "status=forwarded")
    shared, own = SavedView.objects.get(name="Nasze"), SavedView.objects.get(name="Moje")
    assert (shared.unit.code, shared.owner, own.owner) == ("zdit", None, unit_member)
    colleague = person("zofia", unit="zdit")
    client.force_login(colleague)
    assert list(shown(client, UNIT)) == ["Nasze"]
    for other, room in ((other_unit_member, UNIT), (operator, OPERATOR)):
        client.force_login(other)
        assert shown(client, room) == {}
        for view in (shared, own):
            for path in ("", "usun/"):
                address = f"{room}widoki/{view.pk}/{path}"
                answer = client.post(address, {f"{view.pk}-name": "Cudze"})
                assert answer.status_code == 404
    client.force_login(colleague)
    assert client.post(f"{UNIT}widoki/{own.pk}/usun/").status_code == 404
    assert SavedView.objects.filter(name__in=["Nasze", "Moje"]).count() == 2


def test_what_a_whole_unit_sees_leaves_a_trace(client, unit_member):
    client.force_login(unit_member)
    save(client, UNIT, "Nasze", shared="on")
    view = SavedView.objects.get()
    client.post(f"{UNIT}widoki/{view.pk}/", {f"{view.pk}-name": "Otwarte"})
    view.refresh_from_db()
    assert view.name == "Otwarte"
    client.post(f"{UNIT}widoki/{view.pk}/usun/")
    assert not SavedView.objects.exists()
    trail = AuditEntry.objects.order_by("pk").values_list("action", "actor", "details")
    assert list(trail) == [
        ("view_saved", unit_member.pk, {"name": "Nasze"}),
        ("view_renamed", unit_member.pk, {"was": "Nasze", "name": "Otwarte"}),
        ("view_deleted", unit_member.pk, {"name": "Otwarte"}),
    ]


def test_a_name_that_is_taken_or_missing_and_a_wrong_selection_are_said(client, unit_member):
    client.force_login(unit_member)
    save(client, UNIT, "Moje")
    refused = save(client, UNIT, "Moje", "status=forwarded")
    assert (refused.status_code, "Jest już widok o tej nazwie" in refused.text) == (409, True)
    assert save(client, UNIT, "").status_code == 400
    assert save(client, UNIT, "Inny", "status=x").status_code == 400
    assert save(client, UNIT, "Inny", "zakres=do-decyzji").status_code == 400
    save(client, UNIT, "Drugi")
    second = SavedView.objects.get(name="Drugi")
    taken = client.post(f"{UNIT}widoki/{second.pk}/", {f"{second.pk}-name": "Moje"})
    assert (taken.status_code, "Jest już widok o tej nazwie" in taken.text) == (409, True)
    assert sorted(SavedView.objects.values_list("name", flat=True)) == ["Drugi", "Moje"]


def test_there_is_a_bound_on_views(client, unit_member, monkeypatch):
    monkeypatch.setattr(saved_views, "MOST_VIEWS", 1)
    client.force_login(unit_member)
    save(client, UNIT, "Moje")
    assert save(client, UNIT, "Drugi").status_code == 409
    assert save(client, UNIT, "Nasze", shared="on").status_code == 302


def test_a_view_of_what_is_no_more_is_shown_without_a_count(client, unit_member):
    SavedView.objects.create(room="unit", name="Dawny", query="kategoria=x", owner=unit_member)
    client.force_login(unit_member)
    assert shown(client, UNIT) == {"Dawny": ""}
    assert "nie da się już otworzyć" in client.get(f"{UNIT}widoki/").text


def test_all_views_are_counted_by_one_statement(client, unit_member, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 1)
    dispatched(), dispatched()
    queries = ["", "termin=po-terminie", "q=dziura", "zakres=wszystkie", "kolo=19.4571,51.7652,300"]
    client.force_login(unit_member)
    for number, query in enumerate(queries):
        save(client, UNIT, str(number), query)
    counts = {"0": "2", "1": "0", "2": "2", "3": "2", "4": "2"}
    assert shown(client, UNIT) == counts
    with CaptureQueriesContext(connection) as statements:
        page = client.get(UNIT)
    assert page.context["total_words"] == "2 zgłoszenia"
    asked = [one["sql"] for one in statements if "SELECT" in one["sql"]]
    counting = [sql for sql in asked if "reports_report" in sql and "count(" in sql.lower()]
    assert len(counting) == 1, counting


def test_what_no_index_counts_is_counted_up_to_a_bound(client, unit_member, monkeypatch):
    for module in ("counting", "views"):
        monkeypatch.setattr(f"panel.queue.{module}.MOST_COUNTED", 1)
    dispatched(), dispatched()
    client.force_login(unit_member)
    save(client, UNIT, "Dziury", "q=dziura")
    assert shown(client, UNIT) == {"Dziury": "1+"}
    Report.objects.update(is_hidden=True)
    assert shown(client, UNIT) == {"Dziury": "0"}
