import pytest

from accounts.models import AuditEntry
from reports.changing import StaleReport
from reports.handling.status import change_status
from reports.handling.workflow import ForbiddenStatusChange, NoteRequired
from reports.models import Status
from reports.public import find_public
from tests.accounts.letters import letters_to, text_of
from tests.factories import dispatched

pytestmark = pytest.mark.django_db


def test_a_change_is_appended_told_and_shown_with_who_and_why(unit_member):
    report = dispatched(email="maria@example.org", consent=True)
    seen = report.version
    change = change_status(report, Status.RESOLVED, by=unit_member, note="Załatane.")
    report.refresh_from_db()
    assert (report.status, report.version) == (Status.RESOLVED, seen + 1)
    assert (change.by, change.note, change.unit.code) == (unit_member, "Załatane.", "zdit")
    assert [step.status for step in report.changes.all()] == ["received", "forwarded", "resolved"]
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.target_id) == (
        unit_member,
        "status_changed",
        str(report.pk),
    )
    assert [letter.subject.rpartition(": ")[2] for letter in letters_to("maria@example.org")] == [
        f"Przyjęliśmy zgłoszenie {report.reference}",
        "załatwione",
    ]
    assert "Załatane." in text_of(letters_to("maria@example.org")[-1])
    public = find_public(report.reference)
    assert (public.status, public.timeline[-1].note) == ("resolved", "Załatane.")


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
