from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import ConsentEntry
from districts.errors import OutsideCity
from outbox.models import Letter
from reports.intake.repeats import AlreadySent
from reports.letters.consents import ConsentRequired
from reports.models import Assignment, Contact, Dispatch, Report, Status, StatusChange
from tests.factories import WARSAW, category, submitted

pytestmark = pytest.mark.django_db


def test_a_report_is_located_routed_and_owed_to_its_unit():
    report = submitted()
    assert report.district.code == "katedralna"
    assert report.unit.code == "zdit"
    assert report.changes.get().status == Status.RECEIVED
    assert report.dispatches.get().state == Dispatch.State.OWED


def test_the_decision_is_kept_with_its_rule_and_edition():
    assignment = submitted().assignments.get()
    assert assignment.rule.category.code == "dziura-w-jezdni"
    assert assignment.edition == assignment.district.edition


def test_a_repeat_returns_the_first_report():
    submission_id = uuid4()
    first = submitted(submission_id=submission_id)
    again = submitted(submission_id=submission_id)
    assert again == first
    with pytest.raises(AlreadySent):
        submitted(submission_id=submission_id, description="co innego")
    assert Report.objects.get().description == "Głęboka dziura przy przejściu dla pieszych."


def test_a_place_outside_the_city_is_refused_with_its_distance():
    with pytest.raises(OutsideCity) as refusal:
        submitted(location=WARSAW)
    assert 100_000 < refusal.value.metres_to_city < 130_000
    assert not Report.objects.exists()


def test_an_address_without_consent_is_refused_and_nothing_is_written():
    with pytest.raises(ConsentRequired):
        submitted(email="maria@example.org")
    assert not Report.objects.exists()
    assert not Letter.objects.exists()


def test_no_address_means_no_letter_and_no_contact():
    submitted()
    assert not Contact.objects.exists()
    assert not Letter.objects.exists()


def test_an_address_with_consent_gets_a_letter_and_a_line_in_the_ledger():
    report = submitted(email="maria@example.org", consent=True)
    assert Letter.objects.get().recipients == ["maria@example.org"]
    entry = ConsentEntry.objects.get()
    assert entry.subject_reference == report.reference
    assert entry.version.kind == "clause"


def test_the_expected_date_counts_working_days_from_the_day_in_the_city(time_machine):
    # 9 June 2027, half past midnight in Łódź: in UTC it is still the day before.
    moment = datetime(2027, 6, 8, 22, 30, tzinfo=UTC)
    with time_machine(seconds=(moment - datetime.now(UTC)).total_seconds()):
        report = submitted()
    assert category().working_days == 2
    assert report.expected_by == date(2027, 6, 11)


def test_a_report_takes_at_most_fifteen_statements(django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        submitted(email="maria@example.org", consent=True)


def test_history_cannot_be_edited_even_by_sql():
    submitted()
    with pytest.raises(Exception, match="appended"), connection.cursor() as cursor:
        cursor.execute("UPDATE reports_statuschange SET note = 'x'")


def test_every_row_of_the_journey_is_there():
    submitted()
    counts = [model.objects.count() for model in (StatusChange, Assignment, Dispatch)]
    assert counts == [1, 1, 1]
