"""The consent ledger and the audit trail: appended, never edited."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import consents
from accounts.audit import record
from accounts.models import AuditEntry, AuditWord, ConsentEntry
from regulations.models import Kind, Version

REFUSED = "is appended to, never edited"
LETTERS = ConsentEntry.Purpose.REPORT_LETTERS


class SampleWord(AuditWord):
    TESTED = "tested"


def consent(act=consents.give) -> ConsentEntry:
    clause = Version.objects.in_force(Kind.CLAUSE)
    return act(
        purpose=LETTERS, email="Maria@Example.org", version=clause, how="form", reference="X"
    )


@pytest.mark.django_db
def test_a_consent_keeps_a_hash_and_no_address():
    entry = consent()
    assert entry.act == ConsentEntry.Act.GIVEN
    assert entry.subject_hash == ConsentEntry.hash_of(" maria@example.ORG ")
    assert "maria" not in str(ConsentEntry.objects.values().get(pk=entry.pk)).lower()


@pytest.mark.django_db
def test_a_withdrawal_is_a_line_of_its_own():
    given, withdrawn = consent(), consent(consents.withdraw)
    assert given.subject_hash == withdrawn.subject_hash
    assert list(ConsentEntry.objects.values_list("act", flat=True)) == ["given", "withdrawn"]


@pytest.mark.django_db
def test_the_hash_needs_the_key(settings):
    before = ConsentEntry.hash_of("maria@example.org")
    settings.CONSENT_HASH_KEY = "another"
    assert ConsentEntry.hash_of("maria@example.org") != before


def test_an_audit_line_says_who_did_what(operator, unit_member):
    with transaction.atomic():
        entry = record(actor=operator, action=SampleWord.TESTED, target=unit_member, was="a")
    entry.refresh_from_db()
    assert (entry.actor, entry.action, entry.details) == (operator, "tested", {"was": "a"})
    assert (entry.target_type, entry.target_id) == ("accounts.user", str(unit_member.pk))


def test_an_audit_line_outside_a_transaction_is_a_mistake(committed):
    with pytest.raises(RuntimeError):
        record(actor=None, action=SampleWord.TESTED, target=Version.objects.first())


def test_an_audit_line_goes_with_a_change_that_fails(operator):
    def change() -> None:
        with transaction.atomic():
            record(actor=operator, action=SampleWord.TESTED, target=operator)
            raise ValueError("no change")

    with pytest.raises(ValueError, match="no change"):
        change()
    assert not AuditEntry.objects.filter(action="tested").exists()


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("model", [AuditEntry, ConsentEntry])
def test_the_database_refuses_to_change_a_line(operator, model, statement):
    consent()
    record(actor=operator, action=SampleWord.TESTED, target=operator)
    with (
        pytest.raises(IntegrityError, match=REFUSED),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(model._meta.db_table))


def test_a_person_of_the_trail_cannot_vanish(operator):
    record(actor=operator, action=SampleWord.TESTED, target=operator)
    with pytest.raises(IntegrityError):
        operator.delete()
