"""One act for many reports: prepared, confirmed, undone within a minute, done by the worker."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from outbox.models import Letter
from panel.bulk.acting import TooLate, confirm, undo
from panel.bulk.executing import do_bulk_acts, erase_bulk_acts
from panel.models import BulkAct, BulkItem
from reports.handling import status
from reports.handling.status import change_status
from reports.models import Report, Status
from tests.factories import dispatched
from tests.geo_portal.test_schedule import run
from tests.panel.bulk import (
    ANSWER,
    UNIT,
    after_a_minute,
    prepared,
    statuses,
    ticked,
    with_address,
)
from units.models import Membership, Unit

pytestmark = pytest.mark.django_db


def test_what_is_ticked_is_done_after_a_minute_and_each_sender_is_told_once(client, of_unit):
    reports = [with_address() for _number in range(2)]
    dispatched()
    Letter.objects.all().delete()
    bulk = prepared(client, UNIT, ticked(*reports))
    page = client.get(f"/panel/razem/{bulk.pk}/").text
    assert "Zmienimy zgłoszenia: 2." in page
    assert "Wiadomości do zgłaszających i obserwujących: najwyżej 2." in page
    assert "Zaczynamy." in page
    assert client.post(f"/panel/razem/{bulk.pk}/zatwierdzenie/").status_code == 302
    bulk.refresh_from_db()
    assert timedelta(seconds=55) < bulk.due_at - timezone.now() <= timedelta(minutes=1)

    assert do_bulk_acts() == 0
    assert statuses() == ["forwarded"] * 3
    assert not Letter.objects.exists()

    assert after_a_minute(bulk).state == BulkAct.State.DONE
    assert statuses() == ["in_progress", "in_progress", "forwarded"]
    assert Letter.objects.count() == 2
    assert do_bulk_acts() == 0
    assert Letter.objects.count() == 2
    assert "Zrobione: 2 z 2." in client.get(f"/panel/razem/{bulk.pk}/").text


def test_a_report_at_which_something_breaks_is_left_and_named(client, of_unit, monkeypatch):
    reports = [with_address() for _number in range(3)]
    bulk = prepared(client, UNIT, ticked(*reports))
    confirm(bulk)
    Letter.objects.all().delete()
    real = status.append_status

    def fragile(report, *arguments, **more):
        if report.pk == reports[1].pk:
            raise RuntimeError("nobody foresaw it")
        return real(report, *arguments, **more)

    monkeypatch.setattr(status, "append_status", fragile)
    assert after_a_minute(bulk).state == BulkAct.State.DONE
    assert statuses() == ["in_progress", "forwarded", "in_progress"]
    assert Letter.objects.count() == 2
    page = client.get(f"/panel/razem/{bulk.pk}/").text
    assert "Zrobione: 2 z 3." in page
    assert "Coś poszło nie tak." in page


def test_no_report_is_refused_because_the_database_went_away(client, of_unit, monkeypatch):
    reports = [with_address() for _number in range(3)]
    bulk = prepared(client, UNIT, ticked(*reports))
    confirm(bulk)
    Letter.objects.all().delete()
    real = status.append_status

    def away(report, *arguments, **more):
        if report.pk == reports[1].pk:
            raise OperationalError("the connection is lost")
        return real(report, *arguments, **more)

    with monkeypatch.context() as patch:
        patch.setattr(status, "append_status", away)
        with pytest.raises(OperationalError):
            after_a_minute(bulk)
    assert statuses() == ["in_progress", "forwarded", "forwarded"]
    BulkAct.objects.update(leased_until=timezone.now())
    assert after_a_minute(bulk).state == BulkAct.State.DONE
    assert statuses() == ["in_progress"] * 3
    assert Letter.objects.count() == 3


def test_an_act_that_is_undone_leaves_nothing(client, of_unit):
    bulk = prepared(client, UNIT, ticked(with_address()))
    Letter.objects.all().delete()
    confirm(bulk)
    assert client.post(f"/panel/razem/{bulk.pk}/cofniecie/").status_code == 302
    after_a_minute(bulk)
    assert bulk.state == BulkAct.State.UNDONE
    assert statuses() == ["forwarded"]
    assert not Letter.objects.exists()


def test_what_has_begun_or_is_due_is_undone_no_more(client, of_unit):
    bulk = prepared(client, UNIT, ticked(dispatched()))
    confirm(bulk)
    BulkAct.objects.update(due_at=timezone.now())
    answer = client.post(f"/panel/razem/{bulk.pk}/cofniecie/")
    assert (answer.status_code, "Minuta minęła" in answer.text) == (409, True)
    after_a_minute(bulk)
    with pytest.raises(TooLate):
        undo(bulk)
    assert statuses() == ["in_progress"]


def test_an_act_that_nobody_confirmed_is_never_done(client, of_unit):
    bulk = prepared(client, UNIT, ticked(dispatched()))
    with_no_due = after_a_minute(bulk)
    assert with_no_due.state == BulkAct.State.PREPARED
    undo(bulk)
    with pytest.raises(TooLate):
        confirm(bulk)


def test_all_of_a_view_are_those_of_the_selection(client, of_unit):
    reports = [dispatched() for _number in range(3)]
    change_status(reports[0], Status.RESOLVED, note="Zrobione.")
    bulk = prepared(client, UNIT, "zakres=otwarte&ile=wszystkie&czynnosc=change-status")
    assert sorted(bulk.items.values_list("report", flat=True)) == [reports[1].pk, reports[2].pk]
    assert bulk.query == "zakres=otwarte"


def test_who_changed_a_report_meanwhile_is_not_overwritten(client, of_unit, operator):
    first, second = dispatched(), dispatched()
    bulk = prepared(client, UNIT, ticked(first, second))
    change_status(first, Status.REJECTED, by=operator, note="To teren prywatny.")
    confirm(bulk)
    after_a_minute(bulk)
    assert statuses() == ["rejected", "in_progress"]
    refused = bulk.items.get(state=BulkItem.State.REFUSED)
    assert refused.report == first
    page = client.get(f"/panel/razem/{bulk.pk}/").text
    assert "Ktoś zmienił to zgłoszenie przed chwilą." in page
    assert "Nie zrobione: 1" in page


def test_what_the_workflow_forbids_is_counted_before_and_refused_after(client, of_unit):
    begun, open_one = dispatched(), dispatched()
    change_status(begun, Status.IN_PROGRESS)
    bulk = prepared(client, UNIT, ticked(begun, open_one))
    page = client.get(f"/panel/razem/{bulk.pk}/").text
    assert "Zmienimy zgłoszenia: 1." in page
    assert f"Nie zmienimy: 1 (status: {Status.IN_PROGRESS.label})." in page
    confirm(bulk)
    after_a_minute(bulk)
    refused = bulk.items.get(state=BulkItem.State.REFUSED)
    assert (refused.report, refused.reason) == (
        begun,
        "Z obecnego statusu nie można przejść do wybranego.",
    )
    open_one.refresh_from_db()
    assert open_one.status == Status.IN_PROGRESS


def test_a_unit_reaches_nothing_of_another(client, unit_member, other_unit_member):
    report = dispatched()
    client.force_login(other_unit_member)
    assert client.post(f"{UNIT}?{ticked(report)}", ANSWER).status_code == 400
    everything = "zakres=wszystkie&ile=wszystkie&czynnosc=change-status"
    assert client.post(f"{UNIT}?{everything}", ANSWER).status_code == 400
    client.force_login(unit_member)
    bulk = prepared(client, UNIT, ticked(report))
    client.force_login(other_unit_member)
    for path in ("", "zatwierdzenie/", "cofniecie/"):
        send = client.post if path else client.get
        assert send(f"/panel/razem/{bulk.pk}/{path}").status_code == 404
    assert f"/panel/razem/{bulk.pk}/" not in client.get("/panel/razem/").text


@pytest.mark.parametrize("loss", ["membership", "account", "report"])
def test_rights_are_those_of_the_moment_when_it_is_done(client, of_unit, unit_member, loss):
    report = dispatched()
    bulk = prepared(client, UNIT, ticked(report))
    confirm(bulk)
    if loss == "membership":
        Membership.objects.filter(user=unit_member).delete()
    elif loss == "account":
        type(unit_member).objects.filter(pk=unit_member.pk).update(is_active=False)
    else:
        Report.objects.filter(pk=report.pk).update(unit=Unit.objects.get(code="wgk"))
    after_a_minute(bulk)
    assert statuses() == ["forwarded"]
    assert bulk.items.get().reason == "Nie masz już dostępu do tego zgłoszenia."


def test_too_many_are_refused_in_words(client, of_unit, monkeypatch):
    monkeypatch.setattr("panel.bulk.views.MOST_REPORTS", 1)
    for _number in range(2):
        dispatched()
    answer = client.get(f"{UNIT}?ile=wszystkie&czynnosc=take")
    assert (answer.status_code, "najwyżej 5000" in answer.text) == (400, True)


def test_a_worker_that_was_killed_is_followed_by_another(client, of_unit, monkeypatch):
    reports = [with_address() for _number in range(3)]
    Letter.objects.all().delete()
    bulk = prepared(client, UNIT, ticked(*reports))
    confirm(bulk)
    BulkAct.objects.update(due_at=timezone.now())
    answer = "reports.handling.answering.change_status"
    with monkeypatch.context() as patch:
        calls = []

        def die_at_the_second(*args, **kwargs):
            calls.append(args)
            if len(calls) == 2:
                raise SystemExit
            return change_status(*args, **kwargs)

        patch.setattr(answer, die_at_the_second)
        with pytest.raises(SystemExit):
            do_bulk_acts()
    assert statuses() == ["in_progress", "forwarded", "forwarded"]
    # Nobody else goes on before the lease has ended.
    assert do_bulk_acts() == 0
    BulkAct.objects.update(leased_until=timezone.now())
    assert do_bulk_acts() == 1
    assert statuses() == ["in_progress"] * 3
    assert Letter.objects.count() == 3


def test_the_preview_takes_a_few_statements(client, of_unit, django_assert_max_num_queries):
    bulk = prepared(client, UNIT, ticked(*(dispatched() for _number in range(8))))
    with django_assert_max_num_queries(22):
        client.get(f"/panel/razem/{bulk.pk}/")


def test_old_acts_are_erased(client, of_unit, time_machine):
    prepared(client, UNIT, ticked(dispatched()))
    erase_bulk_acts()
    assert BulkAct.objects.count() == 1
    with time_machine(days=31):
        run("panel.erase_bulk_acts")
    assert not BulkAct.objects.exists()
    assert Report.objects.exists()


def test_the_list_has_a_box_to_tick_for_each_report(client, of_unit):
    report = dispatched()
    page = client.get("/panel/jednostka/?zakres=wszystkie").text
    assert f'name="r" value="{report.reference}" form="bulk"' in page
    assert 'action="/panel/jednostka/razem/"' in page
    assert '<input type="hidden" name="zakres" value="wszystkie">' in page
