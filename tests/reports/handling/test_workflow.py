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


# Where a report may go next, as the regulations have it: row by row, in the words of the API.
MAY_FOLLOW = {
    "received": {"with_operator", "forwarded"},
    "with_operator": {
        "forwarded",
        "in_progress",
        "resolved",
        "rejected",
        "passed_on",
        "duplicate",
    },
    "forwarded": {
        "with_operator",
        "forwarded",
        "in_progress",
        "resolved",
        "rejected",
        "passed_on",
        "duplicate",
    },
    "in_progress": {
        "with_operator",
        "forwarded",
        "resolved",
        "rejected",
        "passed_on",
        "duplicate",
    },
    "resolved": {"in_progress", "with_operator", "forwarded"},
    "rejected": {"in_progress", "with_operator", "forwarded"},
    "passed_on": {"with_operator", "forwarded"},
    "duplicate": {"with_operator", "forwarded"},
}


@pytest.mark.parametrize("to", Status.values)
@pytest.mark.parametrize("current", Status.values)
def test_a_report_goes_only_where_the_table_lets_it(current, to):
    if to in MAY_FOLLOW[current]:
        check_change(current=current, to=to, note="Zrobione.")
    else:
        with pytest.raises(ForbiddenStatusChange):
            check_change(current=current, to=to, note="Zrobione.")


@pytest.mark.parametrize("to", ["resolved", "rejected", "passed_on", "duplicate"])
def test_an_end_needs_a_public_word(to):
    with pytest.raises(NoteRequired):
        check_change(current=Status.IN_PROGRESS, to=to, note="  ")
    check_change(current=Status.IN_PROGRESS, to=to, note="Zrobione.")


def test_a_received_report_waits_for_its_dispatch():
    assert choices_from(Status.RECEIVED) == []


def test_a_resolved_report_can_be_reopened():
    assert choices_from(Status.RESOLVED) == [Status.IN_PROGRESS]
