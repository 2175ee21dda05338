import pytest

from accounts.models import AuditEntry
from outbox.models import Letter
from reports.changing import StaleReport
from reports.handling.status import change_status
from reports.handling.workflow import ForbiddenStatusChange, NoteRequired
from reports.models import Status
from tests.factories import dispatched

pytestmark = pytest.mark.django_db


def test_a_change_is_appended_with_who_and_why(unit_member):
    report = dispatched()
    change = change_status(report, Status.RESOLVED, by=unit_member, note="Załatane.")
    assert report.status == Status.RESOLVED
    assert (change.by, change.note, change.unit.code) == (unit_member, "Załatane.", "zdit")
    assert [step.status for step in report.changes.all()] == ["received", "forwarded", "resolved"]


def test_the_audit_trail_says_who(unit_member):
    report = dispatched()
    change_status(report, Status.IN_PROGRESS, by=unit_member)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.target_id) == (
        unit_member,
        "status_changed",
        str(report.pk),
    )


def test_each_change_is_a_letter_to_whoever_left_an_address(unit_member):
    report = dispatched(email="maria@example.org", consent=True)
    change_status(report, Status.IN_PROGRESS, by=unit_member)
    subjects = Letter.objects.order_by("id").values_list("subject", flat=True)
    assert [subject.rpartition(": ")[2] for subject in subjects[1:]] == [
        "przekazane",
        "w realizacji",
    ]


def test_two_people_on_one_report_the_slower_one_is_refused(unit_member, operator):
    report = dispatched()
    seen = report.version
    change_status(report, Status.IN_PROGRESS, by=unit_member, seen_version=seen)
    with pytest.raises(StaleReport):
        change_status(report, Status.REJECTED, by=operator, note="Nie.", seen_version=seen)
    assert report.changes.last().status == Status.IN_PROGRESS


def test_a_refused_change_leaves_no_trace(unit_member):
    report = dispatched()
    with pytest.raises(NoteRequired):
        change_status(report, Status.RESOLVED, by=unit_member)
    with pytest.raises(ForbiddenStatusChange):
        change_status(report, Status.RECEIVED, by=unit_member)
    assert report.changes.count() == 2
    assert not AuditEntry.objects.exists()
