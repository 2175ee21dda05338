"""A card goes from draft to review to people and into the archive, and a second person decides."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import AuditEntry
from procedures.contents import Contents, GivenStep, read_contents
from procedures.editing.drafting import (
    begin_procedure,
    begin_version,
    discard_draft,
    save_draft,
)
from procedures.editing.locking import CardChanged, NotNow
from procedures.editing.publishing import (
    InThePast,
    SecondPersonNeeded,
    SentenceNeeded,
    Unfinished,
    publish_version,
    send_back,
    send_to_review,
    unschedule_version,
)
from procedures.editing.withdrawing import WrongSuccessor, restore_procedure, withdraw_procedure
from procedures.models import Procedure, ProcedureVersion, ProcedureWord
from tests.people import person
from tests.procedures.cards import make_card, make_file
from units.models import Unit

pytestmark = pytest.mark.django_db


def written(**changes) -> Contents:
    unit = Unit.objects.get(code="uml")
    values = {"title": "Dowód", "unit": unit, "summary": "Krótko.", "steps": (GivenStep("Idź."),)}
    return Contents(**values | changes)


@pytest.fixture
def second(db):
    return person("danuta", role="editor")


@pytest.fixture
def draft(editor):
    return begin_procedure(written(), by=editor)


@pytest.fixture
def in_review(draft, editor):
    send_to_review(draft, edits=0, by=editor)
    return draft


def words_of(procedure: Procedure) -> list[str]:
    entries = AuditEntry.objects.filter(target_id=str(procedure.pk)).order_by("pk")
    return list(entries.values_list("action", flat=True))


def test_a_new_card_gets_the_next_number_for_ever(editor):
    make_card(number="KA-00041")
    assert begin_procedure(written(), by=editor).procedure.number == "KA-00042"


def test_nobody_reads_a_draft(draft):
    assert not Procedure.objects.known().exists()


def test_a_second_person_publishes_what_was_reviewed(in_review, second):
    publish_version(in_review, edits=0, by=second)
    assert ProcedureVersion.objects.current().get().title == "Dowód"
    assert words_of(in_review.procedure) == [
        ProcedureWord.BEGUN,
        ProcedureWord.SENT_TO_REVIEW,
        ProcedureWord.PUBLISHED,
    ]


def test_who_wrote_it_does_not_publish_it(in_review, editor, second):
    with pytest.raises(SecondPersonNeeded):
        publish_version(in_review, edits=0, by=editor)
    save_draft(in_review, written(title="Inny"), edits=0, by=second)
    send_to_review(in_review, edits=1, by=second)
    for each in (editor, second):
        with pytest.raises(SecondPersonNeeded):
            publish_version(in_review, edits=1, by=each)


def test_a_draft_is_not_published_before_its_review(draft, second):
    with pytest.raises(NotNow):
        publish_version(draft, edits=0, by=second)


def test_an_unfinished_card_does_not_go_to_review(editor):
    draft = begin_procedure(written(steps=()), by=editor)
    with pytest.raises(Unfinished):
        send_to_review(draft, edits=0, by=editor)


def test_what_goes_back_is_a_draft_again_and_needs_a_sentence(in_review, second):
    with pytest.raises(SentenceNeeded):
        send_back(in_review, edits=0, note=" ", by=second)
    send_back(in_review, edits=0, note="Brakuje opłaty.", by=second)
    in_review.refresh_from_db()
    assert in_review.review_since is None
    assert AuditEntry.objects.latest("pk").details["note"] == "Brakuje opłaty."


def test_what_is_saved_in_review_is_a_draft_again(in_review, editor):
    assert save_draft(in_review, written(title="Nowy"), edits=0, by=editor)
    in_review.refresh_from_db()
    assert (in_review.review_since, in_review.edits) == (None, 1)


def test_saving_the_same_again_changes_nothing(in_review, editor):
    assert not save_draft(in_review, written(), edits=0, by=editor)
    in_review.refresh_from_db()
    assert in_review.review_since is not None


def test_two_who_write_do_not_overwrite_each_other(draft, editor, second):
    save_draft(draft, written(title="Pierwsza"), edits=0, by=editor)
    with pytest.raises(CardChanged):
        save_draft(draft, written(title="Druga"), edits=0, by=second)
    draft.refresh_from_db()
    assert draft.title == "Pierwsza"


def test_what_changed_since_the_page_was_shown_is_not_published(in_review, editor, second):
    save_draft(in_review, written(title="Nowy"), edits=0, by=editor)
    with pytest.raises(CardChanged):
        publish_version(in_review, edits=0, by=second)


def test_a_scheduled_version_begins_by_itself(in_review, second, time_machine):
    publish_version(in_review, edits=0, by=second, at=timezone.now() + timedelta(days=1))
    assert not ProcedureVersion.objects.current().exists()
    with time_machine(days=2):
        assert ProcedureVersion.objects.current().exists()


def test_nothing_is_scheduled_into_the_past(in_review, second):
    with pytest.raises(InThePast):
        publish_version(in_review, edits=0, by=second, at=timezone.now() - timedelta(days=1))


def test_a_schedule_is_taken_back_until_its_instant(in_review, second):
    publish_version(in_review, edits=0, by=second, at=timezone.now() + timedelta(days=1))
    unschedule_version(in_review, by=second)
    publish_version(in_review, edits=0, by=second)
    with pytest.raises(NotNow):
        unschedule_version(in_review, by=second)


def test_the_next_version_says_what_the_last_one_does(editor):
    file = make_file()
    card = make_card(documents=[("required", "Wniosek", file)], fees=[("Opłata", 17)])
    draft = begin_version(card, by=editor)
    assert (draft.number, draft.published_at) == (2, None)
    assert read_contents(draft) == read_contents(card.versions.get(number=1))


def test_there_is_one_draft_of_a_card(editor, second):
    card = make_card()
    assert begin_version(card, by=editor) == begin_version(card, by=second)


def test_a_card_with_a_scheduled_version_gets_no_draft(in_review, second):
    publish_version(in_review, edits=0, by=second, at=timezone.now() + timedelta(days=1))
    with pytest.raises(NotNow):
        begin_version(in_review.procedure, by=second)


def test_a_draft_is_thrown_away_and_a_published_version_is_not(editor):
    card = make_card()
    draft = begin_version(card, by=editor)
    discard_draft(draft, edits=0, by=editor)
    with pytest.raises(NotNow):
        discard_draft(card.versions.get(), edits=0, by=editor)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE procedures_procedureversion SET title = 'x'",
        "UPDATE procedures_procedureversion SET published_at = now() + interval '1 day'",
        "DELETE FROM procedures_procedureversion",
        "UPDATE procedures_step SET text = 'x'",
        "DELETE FROM procedures_step",
        "DELETE FROM procedures_fee",
        "UPDATE procedures_document SET name = 'x'",
        "DELETE FROM procedures_legalbasis",
        "INSERT INTO procedures_step (version_id, position, text)"
        " SELECT id, 9, 'x' FROM procedures_procedureversion",
    ],
)
def test_the_database_changes_nothing_of_a_published_version(statement):
    make_card(
        fees=[("Opłata", 17)],
        documents=[("required", "Wniosek")],
        legal_bases=[("Ustawa", "https://example.org")],
    )
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_who_closes_the_account_leaves_the_published_version(in_review, editor, second):
    publish_version(in_review, edits=0, by=second)
    ProcedureVersion.objects.filter(pk=in_review.pk).update(author=None)
    assert ProcedureVersion.objects.current().get().author is None


def test_a_withdrawn_card_says_why_and_points_on(editor):
    card, other = make_card(), make_card()
    withdraw_procedure(card, note="Zmiana ustawy.", replaced_by=other, by=editor)
    assert not Procedure.objects.published().filter(pk=card.pk).exists()
    card.refresh_from_db()
    assert (card.withdrawal_note, card.replaced_by) == ("Zmiana ustawy.", other)


def test_a_withdrawal_may_lie_ahead_and_be_taken_back(editor, time_machine):
    card = make_card()
    withdraw_procedure(card, note="x", at=timezone.now() + timedelta(days=1), by=editor)
    assert Procedure.objects.published().filter(pk=card.pk).exists()
    with time_machine(days=2):
        assert not Procedure.objects.published().exists()
    restore_procedure(card, by=editor)
    with time_machine(days=2):
        assert Procedure.objects.published().exists()


def test_no_card_stands_in_its_own_place(editor):
    card = make_card()
    with pytest.raises(WrongSuccessor):
        withdraw_procedure(card, note="x", replaced_by=card, by=editor)


def test_a_card_that_nobody_saw_is_not_withdrawn(draft, editor):
    with pytest.raises(NotNow):
        withdraw_procedure(draft.procedure, note="x", by=editor)
