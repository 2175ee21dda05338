from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from outbox.models import Letter
from owed.pauses import pause_after
from panel.queue.reasons import Reason
from reports.dispatch import dispatching
from reports.dispatch.channels import CHANNELS, DeliveryFailed
from reports.dispatch.dispatching import dispatch_due
from reports.handling.correcting import correct_place, forward
from reports.handling.status import change_status
from reports.models import Dispatch, Report, Status
from reports.placing import GivenPlace
from tests.accounts.letters import letters_to
from tests.factories import CITY_HALL, category, dispatched, send_to_units, staffed, submitted
from tests.reports.letters.test_notices import parts
from units.models import Unit

pytestmark = pytest.mark.django_db
State = Dispatch.State


@pytest.fixture
def broken_channel(monkeypatch):
    """Makes a channel fail in the given way."""

    def break_with(reason, *, is_permanent):
        def send(_dispatch):
            raise DeliveryFailed(reason, is_permanent=is_permanent)

        monkeypatch.setitem(CHANNELS, Unit.Channel.PANEL, send)

    return break_with


def test_a_dispatched_report_is_forwarded():
    report = dispatched()
    assert report.status == Status.FORWARDED
    assert report.dispatches.get().state == State.DONE


def test_a_panel_unit_in_which_nobody_works_gets_nothing(unit_member):
    """Today it would stand as forwarded, and nobody would ever read it."""
    unit_member.is_active = False
    unit_member.save()
    report = submitted()
    dispatch_due()
    report.refresh_from_db()
    failed = report.dispatches.get()
    assert (failed.state, failed.last_error) == (State.FAILED, "nobody works in the unit")
    assert report.status == Status.WITH_OPERATOR
    assert Report.objects.filter(Reason.NOT_SENT.condition(), pk=report.pk).exists()


def test_a_report_that_comes_while_a_batch_is_sent_waits_for_its_own_nudge(monkeypatch):
    """In a rush one task would otherwise go on for each single report."""
    first, late = submitted(), []
    monkeypatch.setitem(CHANNELS, Unit.Channel.PANEL, lambda _dispatch: late.append(submitted()))
    assert send_to_units() == 1
    assert first.dispatches.get().state == State.DONE
    assert [report.dispatches.get().state for report in late] == [State.OWED]
    assert send_to_units() == 1


def test_a_full_batch_is_followed_by_the_next(monkeypatch):
    monkeypatch.setattr(dispatching, "_BATCH", 2)
    for _report in range(5):
        submitted()
    assert send_to_units() == 5


def test_a_matter_for_the_operator_waits_with_the_operator():
    report = dispatched(category=category("inna-sprawa"))
    assert report.status == Status.WITH_OPERATOR
    assert report.unit.is_operator


def test_a_unit_that_works_by_email_gets_a_letter_with_what_the_resident_wrote():
    Unit.objects.filter(code="zdit").update(channel="email", email="zdit@example.org")
    written = "ul.Piotrkowska 12.Latarnia nie świeci\nod wczoraj"
    report = dispatched(description=written, address="Piotrkowska 12")
    letter = Letter.objects.get()
    assert letter.recipients == ["zdit@example.org"]
    assert letter.subject == f"[{report.reference}] {report.category.name}"
    text, html = parts(letter)
    for body in (text, html):
        assert report.reference in body
        assert report.category.name in body
        assert report.district.name in body
        assert "Piotrkowska 12" in body
        # Latitude first, with a point, as maps and navigation take it.
        assert "51.7652, 19.4571" in body
        assert f"/panel/zgloszenia/{report.reference}/" in body
        assert date_format(report.expected_by, "j E Y") in body
    assert written in text
    assert written.replace("\n", "<br>") in html


def test_a_repeated_sending_writes_no_second_letter():
    Unit.objects.filter(code="zdit").update(channel="email", email="zdit@example.org")
    report = dispatched()
    CHANNELS["email"](report.dispatches.get())
    assert Letter.objects.count() == 1


def test_a_temporary_failure_is_tried_again_later(broken_channel):
    broken_channel("timeout", is_permanent=False)
    row = dispatched().dispatches.get()
    assert row.state == State.OWED
    assert row.attempts == 1
    assert row.next_attempt_at > timezone.now() + timedelta(seconds=10)
    assert row.leased_until is None


def test_pauses_grow_up_to_an_hour():
    limits = {"first": dispatching.FIRST_PAUSE, "longest": dispatching.LONGEST_PAUSE}
    pauses = [pause_after(attempt, **limits) for attempt in (1, 4, 12)]
    assert pauses[0] <= timedelta(seconds=30) < pauses[1] < pauses[2] <= timedelta(hours=1)


def test_a_permanent_failure_goes_to_the_operator(broken_channel):
    broken_channel("no such address", is_permanent=True)
    report = dispatched()
    assert report.status == Status.WITH_OPERATOR
    assert report.dispatches.get().state == State.FAILED


def test_after_the_last_attempt_the_operator_takes_over(broken_channel):
    broken_channel("timeout", is_permanent=False)
    report = submitted()
    Dispatch.objects.update(attempts=dispatching.MOST_ATTEMPTS - 1)
    dispatch_due()
    report.refresh_from_db()
    assert report.status == Status.WITH_OPERATOR


def test_a_leased_row_is_left_to_the_worker_that_holds_it():
    submitted()
    Dispatch.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    assert send_to_units() == 0


def test_a_lease_that_ran_out_is_claimed_anew():
    submitted()
    Dispatch.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert send_to_units() == 1


def test_a_worker_that_lost_the_lease_records_nothing():
    report = submitted()
    batch = dispatching.claim(timezone.now())
    Dispatch.objects.update(leased_until=timezone.now() + timedelta(minutes=5))
    dispatching.record_sent(batch)
    report.refresh_from_db()
    assert report.status == Status.RECEIVED


@pytest.mark.parametrize("outcome", ["sent", "failed"])
def test_a_report_that_was_answered_while_it_was_sent_is_left_as_it_is(
    operator, broken_channel, outcome
):
    report = dispatched(email="maria@example.org", consent=True)
    forward(report, Unit.objects.get(code="wgk"), by=operator)
    batch = dispatching.claim(timezone.now())
    change_status(report, Status.RESOLVED, by=operator, note="Załatane.")
    if outcome == "failed":
        broken_channel("no such address", is_permanent=True)
    dispatching._send(batch)
    report.refresh_from_db()
    assert report.status == Status.RESOLVED
    history = list(report.changes.values_list("status", flat=True))
    assert history == ["received", "forwarded", "resolved"]
    states = list(report.dispatches.order_by("id").values_list("state", flat=True))
    assert states == [State.DONE, State.SUPERSEDED]
    assert len(letters_to("maria@example.org")) == 2


def test_a_report_that_is_with_the_operator_already_gets_no_second_step(operator):
    report = dispatched(category=category("inna-sprawa"), email="maria@example.org", consent=True)
    correct_place(report, GivenPlace(location=CITY_HALL), by=operator)
    send_to_units()
    report.refresh_from_db()
    assert report.status == Status.WITH_OPERATOR
    history = list(report.changes.values_list("status", flat=True))
    assert history == ["received", "with_operator"]
    assert set(report.dispatches.values_list("state", flat=True)) == {State.DONE}
    assert len(letters_to("maria@example.org")) == 1


def test_a_batch_takes_the_same_number_of_statements_whatever_its_size(
    django_assert_max_num_queries,
):
    staffed()
    for _number in range(12):
        submitted()
    with django_assert_max_num_queries(18):
        dispatching.dispatch_due()


def test_a_sending_that_breaks_does_not_take_the_others_along(monkeypatch):
    reports = [submitted() for _number in range(3)]
    whole = CHANNELS["panel"]

    def breaks(dispatch: Dispatch) -> None:
        if dispatch.report_id == reports[1].pk:
            raise ZeroDivisionError
        whole(dispatch)

    monkeypatch.setitem(dispatching.CHANNELS, "panel", breaks)
    send_to_units()
    states = list(Dispatch.objects.order_by("report_id").values_list("state", flat=True))
    assert states == ["done", "owed", "done"]


def test_a_late_sending_does_not_undo_an_answer(unit_member):
    report = submitted()
    change_status(report, Status.WITH_OPERATOR)
    assert Dispatch.objects.get().state == "superseded"
    report = submitted()
    Report.objects.filter(pk=report.pk).update(status=Status.FORWARDED)
    report.refresh_from_db()
    change_status(report, Status.RESOLVED, by=unit_member, note="Zrobione.")
    send_to_units()
    report.refresh_from_db()
    assert report.status == Status.RESOLVED
