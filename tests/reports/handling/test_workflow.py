import pytest

from reports.handling.workflow import (
    ALLOWED,
    ForbiddenStatusChange,
    NoteRequired,
    check_change,
    choices_from,
)
from reports.models import Status


def test_every_status_has_its_row():
    assert set(ALLOWED) == set(Status)


def test_every_status_can_be_left():
    assert all(ALLOWED[status] for status in Status)


@pytest.mark.parametrize("current", Status)
def test_nothing_goes_back_to_received(current):
    with pytest.raises(ForbiddenStatusChange):
        check_change(current=current, to=Status.RECEIVED, note="")


@pytest.mark.parametrize("to", ["resolved", "rejected", "passed_on", "duplicate"])
def test_an_end_needs_a_public_word(to):
    with pytest.raises(NoteRequired):
        check_change(current=Status.IN_PROGRESS, to=to, note="  ")
    check_change(current=Status.IN_PROGRESS, to=to, note="Zrobione.")


def test_a_received_report_waits_for_its_dispatch():
    assert choices_from(Status.RECEIVED) == []


def test_a_resolved_report_can_be_reopened():
    assert choices_from(Status.RESOLVED) == [Status.IN_PROGRESS]
