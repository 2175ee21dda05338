"""A report is merged into another: who is told, who is counted, and how it is taken apart."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import AuditEntry, Notices
from outbox.models import Letter
from reports.changing import StaleReport
from reports.clock import end_question
from reports.handling import merging
from reports.handling.asking import ask_sender
from reports.handling.correcting import forward
from reports.handling.merging import NotMerged, merge, unmerge
from reports.handling.moderation import set_visibility
from reports.handling.originals import suggest_originals
from reports.handling.status import OriginalOfOthers, OriginalRefused, change_status
from reports.intake.following import follow
from reports.intake.similar import find_similar
from reports.letters.consents import withdraw_consent
from reports.letters.digests import send_digests
from reports.letters.mailboxes import confirm_mailbox
from reports.letters.notices import count_readers
from reports.letters.retention import erase_contacts
from reports.models import Contact, Dispatch, Follow, Report, Status
from reports.public import find_public
from reports.second_thoughts.correcting import withdraw
from reports.second_thoughts.replies import reply_to_question
from tests.accounts.letters import letters_to, text_of
from tests.factories import CITY_HALL, category, dispatched, send_to_units
from units.models import Unit

pytestmark = pytest.mark.django_db
JAN, MARIA, EWA = "jan@example.org", "maria@example.org", "ewa@example.org"


def pair() -> tuple[Report, Report]:
    """A report of Jan, and the original, Maria's."""
    original = dispatched(email=MARIA, consent=True)
    return dispatched(email=JAN, consent=True), original


def now(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def told(email: str, report: Report, status: str) -> list[str]:
    """The letters to ``email`` by which ``report`` has that status."""
    subject = f"Zgłoszenie {report.reference}: {status}"
    return [text_of(one) for one in letters_to(email) if one.subject == subject]


def followed_by(report: Report, email: str) -> Contact:
    return Contact.objects.create(
        report=report, email=email, state=Contact.State.CONFIRMED, is_sender=False
    )


def test_readers_of_both_are_told_once(operator):
    repeat, original = pair()
    followed_by(repeat, EWA)
    followed_by(original, "Ewa@Example.org")
    merge(repeat, duplicate_of=original, by=operator)
    change_status(original, Status.IN_PROGRESS, by=operator)
    assert count_readers(original) == 3
    assert len(told(JAN, original, "w realizacji")) == len(told(MARIA, original, "w realizacji"))
    letters = Letter.objects.filter(subject=f"Zgłoszenie {original.reference}: w realizacji")
    assert sorted(one.recipients[0].lower() for one in letters) == [EWA, JAN, MARIA]


def test_the_first_letter_says_what_follows_and_the_others_why(operator):
    repeat, original = pair()
    merge(repeat, duplicate_of=original, by=operator)
    (first,) = told(JAN, repeat, "powtórzone")
    assert "Napiszemy o każdej zmianie jego statusu." in first
    assert f"/status/{original.reference}/" in first
    change_status(original, Status.RESOLVED, by=operator, note="Zrobione.")
    (later,) = told(JAN, original, "załatwione")
    assert f"Piszemy, bo zgłoszenie {repeat.reference} jest o tej samej sprawie." in later
    assert f"/status/{original.reference}/" in later
    # Only the sender of a report judges its answer, and Jan ends his own letters.
    assert "nadal nie jest dobrze" not in later
    assert "/moje/" not in later
    assert f"/zgloszenia/{repeat.reference}/wypis/" in later
    (own,) = told(MARIA, original, "załatwione")
    assert repeat.reference not in own
    assert "/moje/" in own


def test_an_owner_with_the_daily_letter_finds_both_in_it(operator, resident):
    resident.notices = Notices.DAILY
    resident.save()
    original = dispatched()
    repeat = dispatched(owner=resident)
    merge(repeat, duplicate_of=original, by=operator)
    change_status(original, Status.RESOLVED, by=operator, note="Zrobione.")
    assert send_digests() == 1
    letter = letters_to(resident.email)[-1]
    assert f"Prowadzimy tę sprawę w zgłoszeniu {original.reference}." in text_of(letter)
    assert "Zrobione." in text_of(letter)


def test_who_has_both_gets_one_line_a_change(operator, resident):
    resident.notices = Notices.DAILY
    resident.save()
    original, repeat = dispatched(owner=resident), dispatched(owner=resident)
    merge(repeat, duplicate_of=original, by=operator)
    change_status(original, Status.IN_PROGRESS, by=operator)
    line = resident.digest_lines.get(change=original.changes.last())
    assert line.report == original


def test_nobody_hears_of_a_hidden_report_through_their_own(operator):
    repeat, original = pair()
    merge(repeat, duplicate_of=original, by=operator)
    Report.objects.filter(pk=original.pk).update(is_hidden=True)
    change_status(original, Status.IN_PROGRESS, by=operator)
    assert told(MARIA, original, "w realizacji")
    assert not told(JAN, original, "w realizacji")


def test_a_withdrawn_consent_ends_the_letters_about_the_original_too(operator):
    repeat, original = pair()
    merge(repeat, duplicate_of=original, by=operator)
    change_status(original, Status.IN_PROGRESS, by=operator)
    withdraw_consent(repeat.contacts.get(), how="link")
    assert not told(JAN, original, "w realizacji")
    change_status(original, Status.RESOLVED, by=operator, note="Zrobione.")
    assert not told(JAN, original, "załatwione")


def waits_for_a_press(report: Report, email: str) -> Contact:
    contact = followed_by(report, email)
    Contact.objects.filter(pk=contact.pk).update(state=Contact.State.WAITING)
    return contact


def test_who_confirms_late_is_told_how_far_the_original_is(operator):
    repeat, original = pair()
    contact = waits_for_a_press(repeat, EWA)
    merge(repeat, duplicate_of=original, by=operator)
    change_status(original, Status.IN_PROGRESS, by=operator)
    assert not letters_to(EWA)
    confirm_mailbox(contact.mailbox)
    assert len(told(EWA, repeat, "powtórzone")) == 1
    assert len(told(EWA, original, "w realizacji")) == 1


def test_who_confirms_late_and_was_told_by_the_original_is_not_told_again(operator):
    repeat, original = pair()
    contact = waits_for_a_press(repeat, MARIA)
    # Confirmed addresses are written to while another letter to their mailbox asks.
    original.contacts.update(state=Contact.State.CONFIRMED)
    merge(repeat, duplicate_of=original, by=operator)
    change_status(original, Status.IN_PROGRESS, by=operator)
    confirm_mailbox(contact.mailbox)
    assert len(told(MARIA, original, "w realizacji")) == 1


def test_after_taking_apart_everybody_hears_of_their_own_only(operator):
    repeat, original = pair()
    merge(repeat, duplicate_of=original, by=operator)
    unmerge(repeat, by=operator)
    assert len(told(JAN, repeat, "wysłane do jednostki")) == 1
    change_status(original, Status.RESOLVED, by=operator, note="Zrobione.")
    assert not told(JAN, original, "załatwione")
    assert len(told(MARIA, original, "załatwione")) == 1


def test_followers_are_the_union_for_as_long_as_they_are_merged(operator):
    repeat, original = pair()
    for report, follower in ((repeat, "a"), (repeat, "b"), (original, "b")):
        follow(report, follower=follower)
    merge(repeat, duplicate_of=original, by=operator)
    assert find_public(original.reference).followers == 2
    assert [one.followers for one in find_similar(CITY_HALL, category())] == [2]
    assert follow(original, follower="c").followers == 3
    unmerge(repeat, by=operator)
    people = [Follow.objects.people_of(report.pk).get() for report in (original, repeat)]
    assert people == [2, 2]
    assert sorted(one.followers for one in find_similar(CITY_HALL, category())) == [2, 2]


def test_taking_apart_restores_what_was_although_the_original_was_answered(operator):
    repeat, original = pair()
    forward(repeat, Unit.objects.get(code="wgk"), by=operator)
    before = now(repeat)
    merge(repeat, duplicate_of=original, by=operator)
    assert not repeat.dispatches.filter(state=Dispatch.State.OWED).exists()
    change_status(original, Status.RESOLVED, by=operator, note="Zrobione.")
    unmerge(repeat, by=operator)
    after = now(repeat)
    same = ("status", "unit_id", "expected_by", "stopped_days", "assignee_id", "asked_on")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert after.original is None
    assert now(original).status == Status.RESOLVED
    assert AuditEntry.objects.filter(action="unmerged", target_id=repeat.pk).count() == 1
    send_to_units()
    assert not repeat.dispatches.filter(state=Dispatch.State.OWED).exists()
    assert repeat.dispatches.last().state == Dispatch.State.DONE
    with pytest.raises(NotMerged):
        unmerge(repeat, by=operator)


def test_what_an_earlier_answer_ended_stays_ended(operator):
    repeat, original = pair()
    forward(repeat, Unit.objects.get(code="wgk"), by=operator)
    change_status(repeat, Status.IN_PROGRESS, by=operator)
    merge(repeat, duplicate_of=original, by=operator)
    unmerge(repeat, by=operator)
    assert now(repeat).status == Status.IN_PROGRESS
    assert not repeat.dispatches.filter(state=Dispatch.State.OWED).exists()


def test_a_question_that_the_merging_ended_is_asked_again(operator, time_machine):
    repeat, original = pair()
    ask_sender(repeat, text="Przy którym wejściu?", by=operator)
    merge(repeat, duplicate_of=original, by=operator)
    assert now(repeat).asked_on is None
    with time_machine(days=2):
        unmerge(repeat, by=operator)
        again = now(repeat)
        # The clock stands from today on, and not for the days in between.
        assert (again.asked_on, again.stopped_days) == (timezone.localdate(), 0)
        reply_to_question(repeat, text="Od ulicy.")
    assert now(repeat).asked_on is None


def test_a_question_that_ended_before_is_not_asked_again(operator):
    repeat, original = pair()
    ask_sender(repeat, text="Przy którym wejściu?", by=operator)
    with transaction.atomic():
        end_question(now(repeat))
    merge(repeat, duplicate_of=original, by=operator)
    unmerge(repeat, by=operator)
    assert now(repeat).asked_on is None


def test_chains_are_refused_with_the_report_to_name(operator):
    repeat, original = pair()
    third = dispatched()
    merge(repeat, duplicate_of=original, by=operator)
    with pytest.raises(OriginalRefused, match=original.reference):
        merge(third, duplicate_of=repeat, by=operator)
    with pytest.raises(OriginalRefused, match=repeat.reference):
        merge(original, duplicate_of=third, by=operator)


def test_a_hidden_report_is_no_original(operator):
    repeat, original = pair()
    set_visibility(original, is_hidden=True, by=operator, reason="obraźliwe")
    with pytest.raises(OriginalRefused, match="ukryte przed mieszkańcami"):
        merge(repeat, duplicate_of=original, by=operator)


def test_a_member_merges_and_takes_apart_only_what_their_unit_has(unit_member, operator):
    repeat, original = pair()
    merge(repeat, duplicate_of=original, by=unit_member)
    unmerge(repeat, by=unit_member)
    assert [one.report for one in suggest_originals(repeat, unit_member)] == [original]
    forward(original, Unit.objects.get(code="wgk"), by=operator)
    assert suggest_originals(repeat, unit_member) == []
    with pytest.raises(OriginalOfOthers):
        merge(repeat, duplicate_of=original, by=unit_member)
    merge(repeat, duplicate_of=original, by=operator)
    with pytest.raises(OriginalOfOthers):
        unmerge(repeat, by=unit_member)


def test_suggestions_say_why_and_begin_with_the_likeliest(operator):
    repeat, original = pair()
    other = dispatched(category=category("uszkodzony-chodnik"), description="Krzywe płyty.")
    dispatched(category=category("latarnia"), description="Ciemno.")
    ended = dispatched()
    change_status(ended, Status.RESOLVED, by=operator, note="Zrobione.")
    suggested = suggest_originals(repeat, operator)
    assert suggested[0].report == original
    assert suggested[0].reason == "0 m stąd, ta sama kategoria, w tym samym czasie, podobne słowa"
    assert {one.report for one in suggested} <= {original, other}


def test_nothing_hidden_is_suggested_and_nothing_by_a_rough_place(operator):
    repeat, original = pair()

    def suggested(of: Report, **columns) -> list[Report]:
        Report.objects.filter(pk=of.pk).update(**columns)
        found = suggest_originals(Report.objects.get(pk=repeat.pk), operator)
        return [one.report for one in found]

    assert suggested(original, is_hidden=True) == []
    assert suggested(original, is_hidden=False, is_approximate=True) == []
    assert suggested(original, is_approximate=False) == [original]
    assert suggested(repeat, is_approximate=True) == []


def test_addresses_and_follows_are_kept_while_the_original_lives(operator):
    repeat, original = pair()
    follow(repeat, follower="a")
    merge(repeat, duplicate_of=original, by=operator)
    long_ago = timezone.now() - timedelta(days=4000)
    Report.objects.filter(pk=repeat.pk).update(updated_at=long_ago)
    erase_contacts()
    assert (repeat.contacts.count(), repeat.follows.count()) == (1, 1)
    change_status(original, Status.RESOLVED, by=operator, note="Zrobione.")
    erase_contacts()
    assert repeat.contacts.count() == 1
    Report.objects.filter(pk=original.pk).update(updated_at=long_ago)
    erase_contacts()
    assert (repeat.contacts.count(), repeat.follows.count(), now(repeat).fingerprint) == (0, 0, "")


@pytest.mark.parametrize("how", ["hidden", "withdrawn"])
def test_what_repeats_a_report_that_goes_away_goes_on_for_itself(operator, how):
    original = dispatched(email="maria@example.org", consent=True)
    report = dispatched(email="jan@example.org", consent=True)
    closed = dispatched()
    merge(report, duplicate_of=original, by=operator)
    original.refresh_from_db()
    if how == "hidden":
        set_visibility(original, is_hidden=True, by=operator, reason="Obraża.")
    else:
        withdraw(original)
    report.refresh_from_db()
    assert report.status == Status.FORWARDED
    assert report.dispatches.filter(state=Dispatch.State.SUPERSEDED).count() == 0
    assert "znowu osobno" in text_of(letters_to(JAN)[-1])
    # Who showed it again, or hides what is done, changes nothing of the others.
    merge(closed, duplicate_of=report, by=operator)
    change_status(report, Status.RESOLVED, by=operator, note="Załatane.")
    set_visibility(report, is_hidden=True, by=operator, reason="Dane.")
    closed.refresh_from_db()
    assert closed.status == Status.DUPLICATE


def test_what_is_merged_while_its_original_goes_away_is_not_forgotten(operator, monkeypatch):
    original, report = dispatched(), dispatched()
    real = merging.lock_reports

    def meanwhile(keys):
        merge(report, duplicate_of=original, by=operator)
        monkeypatch.setattr(merging, "lock_reports", real)
        return real(keys)

    monkeypatch.setattr(merging, "lock_reports", meanwhile)
    with pytest.raises(StaleReport):
        set_visibility(original, is_hidden=True, by=operator, reason="Obraża.")
    original.refresh_from_db()
    assert not original.is_hidden


def test_nobody_hides_what_is_otherwise_than_the_page_showed(operator):
    report = dispatched()
    with pytest.raises(StaleReport):
        set_visibility(
            report, is_hidden=True, by=operator, reason="Dane.", seen_version=report.version - 1
        )
    report.refresh_from_db()
    assert not report.is_hidden
