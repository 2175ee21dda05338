"""What beat starts by itself: when, and that each task does its work on rows that are due.

A new entry of the schedule gets a row in ``times.py`` and a test that runs its task.
"""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from celery.beat import ScheduleEntry, Scheduler
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from accounts.models import AddressChange, Notices, Role, RulesNotice, User
from catalogue.models import Category
from districts.editions.activating import activate_edition
from districts.editions.uploading.storing import store_upload as store_boundaries
from districts.models import EditionUpload
from geo_portal.celery import app
from maps.models import SummaryCell, SummaryChange
from maps.selection import Selection
from maps.summary.reading import count_all
from outbox import sending
from outbox.models import Letter
from procedures.feedback import keep_feedback
from procedures.models import Feedback, MissedQuery, OutsideLink
from procedures.public import PublicCard
from procedures.search.missed import note_missed
from procedures.search.searching import search_cards
from reports.handling.asking import ask_sender
from reports.handling.status import change_status
from reports.models import (
    Contact,
    DigestLine,
    Dispatch,
    Follow,
    Photo,
    Remark,
    Report,
    Status,
    Upload,
)
from reports.photos.uploading import store_upload
from tests.accounts.letters import letters_to, text_of
from tests.accounts.test_registration import register
from tests.accounts.test_rules import publish
from tests.districts.editions.drafts import drafted, exchanged, gis, square
from tests.factories import POTHOLE, category, dispatched, staffed, submitted
from tests.geo_portal.times import TIMES
from tests.outbox.letters import owe, states
from tests.outbox.mail_server import MailServer, running
from tests.pages.entries import inquiry
from tests.people import PASSWORD, registered
from tests.pictures import jpeg_upload
from tests.procedures.cards import make_card


def scheduled() -> dict[str, ScheduleEntry]:
    """The entries that beat would work through, by the names of their tasks."""
    entries = Scheduler(app).schedule.values()
    return {entry.task: entry for entry in entries if not entry.task.startswith("celery.")}


def registered_tasks() -> set[str]:
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith("celery.")}


def run(name: str) -> None:
    """Run the task of an entry of the schedule as a worker would, in this process."""
    app.loader.import_default_modules()
    app.tasks[(entry := scheduled()[name]).task].apply(entry.args, entry.kwargs, throw=True)


@pytest.mark.parametrize("name", TIMES)
def test_beat_starts_it_at_its_time(name):
    assert scheduled()[name].schedule == TIMES[name]


def test_the_clock_is_that_of_the_city():
    assert app.conf.timezone == "Europe/Warsaw"


def test_every_entry_is_a_task_and_every_task_has_an_entry():
    assert set(scheduled()) == registered_tasks()


@pytest.mark.django_db
def test_reports_are_dispatched():
    staffed()
    report = submitted(email="maria@example.org", consent=True)
    run("reports.dispatch_due")
    report.refresh_from_db()
    assert report.status == Status.FORWARDED
    assert [step.status for step in report.changes.all()] == ["received", "forwarded"]
    assert Dispatch.objects.get().state == Dispatch.State.DONE
    # The letter that it has arrived names its unit.
    (letter,) = letters_to("maria@example.org")
    assert report.unit.name in text_of(letter)


@pytest.mark.django_db
def test_reports_follow_new_boundaries():
    report = dispatched(category=category("uszkodzony-chodnik"))
    activate_edition(exchanged("next"), by=gis("gis2"))
    run("reports.reroute_due")
    report.refresh_from_db()
    assert (report.district.edition.code, report.unit.code) == ("next", "wgk")


@pytest.mark.django_db
def test_photos_are_made_ready():
    photo = store_upload(jpeg_upload())
    submitted(photo_ids=[photo.pk])
    run("reports.process_photos")
    photo.refresh_from_db()
    assert (photo.state, photo.is_public, photo.original.name) == (Photo.State.READY, False, "")
    assert photo.large.size > photo.small.size > 0


@pytest.mark.django_db
def test_letters_are_sent(settings):
    server = MailServer()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    sending.breaker.reset()
    owe("maria@example.org", "jan@example.org")
    with running(server):
        run("outbox.send_due")
    assert server.counts() == {"maria@example.org": 1, "jan@example.org": 1}
    assert set(states().values()) == {"sent"}


def test_residents_are_told_of_new_rules(resident, operator):
    version = publish()
    for _time in range(2):
        run("accounts.tell_of_rules")
    assert [notice.user for notice in RulesNotice.objects.filter(version=version)] == [resident]
    [letter] = Letter.objects.all()
    assert letter.recipients == ["maria@example.org"]


@pytest.mark.django_db
def test_the_undecided_are_reminded_twice_then_closed_whoever_joined_the_staff(time_machine):
    """The first of them works for the city since: that account stays and holds up nobody."""
    names = ("anna", "maria", "teresa", "zofia")
    anna, maria, teresa, zofia = (registered(name) for name in names)
    version = publish(days=5)
    run("accounts.tell_of_rules")
    for days in (15, 23):
        with time_machine(days=days):
            run("accounts.remind_of_rules")
    for user in (anna, maria, teresa, zofia):
        subjects = [letter.subject for letter in letters_to(user.email)]
        assert [subject.startswith("Przypominamy") for subject in subjects] == [False, True, True]
    anna.groups.add(Group.objects.get(name=Role.OPERATOR))
    User.objects.filter(pk=teresa.pk).update(rules_accepted=version)
    assert RulesNotice.objects.earliest("pk").user == anna
    with time_machine(days=31):
        run("accounts.remind_of_rules")
    assert set(User.objects.values_list("username", flat=True)) == {"anna", "teresa"}
    for user in (maria, zofia):
        [last] = letters_to(user.email)
        assert "nie został zaakceptowany" in text_of(last)
    assert len(letters_to("teresa@example.org")) == 3
    assert User.objects.get(username="anna").is_active


def test_the_daily_letter_is_sent(resident, other_resident):
    User.objects.filter(pk=resident.pk).update(notices=Notices.DAILY)
    first, second = (dispatched(owner=User.objects.get(pk=resident.pk)) for _number in range(2))
    change_status(first, Status.RESOLVED, note="Zrobione.")
    change_status(second, Status.IN_PROGRESS)
    daily = Letter.objects.filter(key__startswith="digest:").order_by("pk")
    assert not daily.exists()
    for _time in range(2):
        run("reports.send_digests")
    [letter] = daily.all()
    assert letter.recipients == ["maria@example.org"]
    for report in (first, second):
        assert report.reference in text_of(letter)
    assert not DigestLine.objects.exists()
    change_status(second, Status.RESOLVED, note="Zrobione.")
    run("reports.send_digests")
    _letter, letter = daily.all()
    assert letter.recipients == ["maria@example.org"]
    assert second.reference in text_of(letter)
    assert first.reference not in text_of(letter)


@pytest.mark.django_db
def test_what_reports_changed_is_added_to_the_map():
    submitted()
    run("maps.fold_due")
    assert SummaryChange.objects.count() == 0
    assert SummaryCell.objects.filter(level=0, category=0).get().total == 1


@pytest.mark.django_db
def test_wrong_numbers_of_the_map_are_mended():
    submitted()
    SummaryChange.objects.all().delete()
    run("maps.repair_summary")
    assert count_all(Selection()).total == 1


@pytest.mark.django_db
def test_messages_to_the_administrator_are_erased(time_machine):
    sent = inquiry()
    with time_machine(days=366):
        run("pages.erase_inquiries")
    sent.refresh_from_db()
    assert sent.text == ""


@pytest.mark.django_db
def test_the_use_of_categories_is_counted(time_machine):
    lamp, tree = category("latarnia"), category("zlamane-drzewo")
    Category.objects.filter(pk=tree.pk).update(uses=5)
    submitted()
    with time_machine(days=300):
        for _number in range(2):
            submitted(category=lamp)
        run("reports.count_category_uses")
    used = Category.objects.filter(uses__gt=0).values_list("code", "uses")
    assert dict(used.all()) == {POTHOLE: 1, lamp.code: 2}
    with time_machine(days=366):
        run("reports.count_category_uses")
    assert dict(used.all()) == {lamp.code: 2}


def test_what_nobody_confirmed_and_sessions_that_ended_are_erased(resident, time_machine):
    register(Client())
    asked = {"user": resident, "verified": False}
    EmailAddress.objects.create(email="stara@example.org", **asked)
    AddressChange.objects.create(user=resident, at=timezone.now())
    browsers = [Client() for _number in range(2)]
    for browser in browsers:
        browser.post("/konto/logowanie/", {"login": "maria", "password": PASSWORD})
        browser.get("/konto/")
    ended, kept = (browser.session.session_key for browser in browsers)
    with time_machine(days=4):
        register(Client(), username="basia", email="basia@example.org")
        moment = timezone.now()
        Session.objects.update(expire_date=moment + timedelta(days=1))
        Session.objects.filter(session_key=ended).update(expire_date=moment - timedelta(days=1))
        run("accounts.erase_unconfirmed")
    assert set(User.objects.values_list("username", flat=True)) == {"maria", "basia"}
    addresses = set(EmailAddress.objects.filter(user=resident).values_list("email", flat=True))
    assert addresses == {"maria@example.org"}
    assert not AddressChange.objects.exists()
    assert not Session.objects.filter(session_key=ended).exists()
    assert [session.session_key for session in UserSession.objects.all()] == [kept]


def test_a_sender_who_does_not_answer_is_reminded(db, settings, time_machine):
    ask_sender(dispatched(email="maria@example.org", consent=True), text="?", by=registered("z"))
    with time_machine(days=settings.ASK_REMINDER.days + 1):
        run("reports.chase_questions")
    assert "przypominamy o pytaniu" in text_of(letters_to("maria@example.org")[-1])


@pytest.mark.django_db
def test_what_belongs_to_people_is_erased_after_the_end_of_a_report(settings, time_machine):
    reports = [dispatched() for _number in range(2)]
    for report in reports:
        Contact.objects.create(report=report, email="maria@example.org")
        Follow.objects.create(report=report, follower="a")
        Remark.objects.create(report=report, text="Proszę dzwonić do Kowalskiej.")
    ended, still_open = reports
    change_status(ended, Status.RESOLVED, note="Zrobione.")
    personal = (Contact, Follow, Remark)
    with time_machine(days=settings.CONTACT_RETENTION_DAYS - 1):
        run("reports.erase_contacts")
    assert [model.objects.count() for model in personal] == [2, 2, 2]
    with time_machine(days=settings.CONTACT_RETENTION_DAYS + 1):
        run("reports.erase_contacts")
    for model in personal:
        assert [row.report for row in model.objects.all()] == [still_open], model
    assert Report.objects.count() == 2


@pytest.mark.django_db
def test_photos_and_uploads_that_joined_no_report_are_erased(settings, time_machine):
    sent, unsent = (store_upload(jpeg_upload()) for _number in range(2))
    submitted(photo_ids=[sent.pk])
    Upload.objects.create(length=100)
    with time_machine(hours=settings.PHOTO_UNATTACHED_HOURS + 1):
        young = (store_upload(jpeg_upload()), Upload.objects.create(length=100))
        run("reports.erase_unattached_photos")
    assert set(Photo.objects.all()) == {sent, young[0]}
    assert list(Upload.objects.all()) == [young[1]]
    assert not unsent.original.storage.exists(unsent.original.name)
    assert sent.original.storage.exists(sent.original.name)


@pytest.mark.django_db
def test_files_of_boundaries_are_opened_and_erased_after_some_days(settings, time_machine):
    draft = drafted("next", {"a": square(0)})
    upload = store_boundaries(draft, ContentFile(b"no file of boundaries", "x"), by=None)
    run("districts.open_uploads")
    upload.refresh_from_db()
    assert upload.state == EditionUpload.State.REFUSED
    with time_machine(days=settings.EDITION_UPLOAD_DAYS + 1):
        run("districts.erase_old_uploads")
    assert not EditionUpload.objects.exists()
    assert not upload.file.storage.exists(upload.file.name)


@pytest.mark.django_db
def test_old_letters_are_blanked(settings, time_machine):
    old, queued = owe("maria@example.org", "jan@example.org")
    Letter.objects.filter(pk=old.pk).update(state=Letter.State.SENT, ended_at=timezone.now())
    with time_machine(days=settings.OUTBOX_RETENTION_DAYS - 1):
        run("outbox.erase_old")
    assert Letter.objects.exclude(recipients=[]).count() == 2
    with time_machine(days=settings.OUTBOX_RETENTION_DAYS + 1):
        run("outbox.erase_old")
    old.refresh_from_db()
    queued.refresh_from_db()
    assert (old.recipients, old.subject, bytes(old.raw)) == ([], "", b"")
    assert queued.recipients == ["jan@example.org"]
    assert bytes(queued.raw)


@pytest.mark.django_db
def test_dead_links_are_found_and_told(editor):
    card = make_card(legal_bases=[("Ustawa", "http://127.0.0.1/ustawa")])
    run("procedures.collect_links")
    run("procedures.check_links")
    assert OutsideLink.objects.get().fault == "private"
    OutsideLink.objects.update(failures=2)
    run("procedures.tell_editors")
    assert card.number in text_of(letters_to(editor.email)[0])


@pytest.mark.django_db
def test_editors_are_reminded_of_reviews(editor):
    card = make_card(review_by=timezone.localdate())
    run("procedures.remind_of_reviews")
    assert card.number in text_of(letters_to(editor.email)[0])


@pytest.mark.django_db
def test_cards_are_indexed(resident):
    card = make_card("Adopcja psa")
    run("procedures.index_missing")
    assert [one.procedure for one in search_cards("psy").versions] == [card]
    card.synonyms = ["przygarnianie"]
    card.save()
    run("procedures.index_all")
    assert [one.procedure for one in search_cards("przygarnianie").versions] == [card]


@pytest.mark.django_db
def test_what_readers_wrote_about_cards_is_forgotten(settings, time_machine):
    version = make_card().versions.get()
    keep_feedback(PublicCard(version.procedure, version), is_helpful=False, sentence="Brak.")
    note_missed("hulajnoga")
    days = max(settings.PROCEDURE_FEEDBACK_DAYS, settings.MISSED_QUERY_DAYS) + 1
    with time_machine(days=days):
        run("procedures.erase_old")
    assert Feedback.objects.get().sentence == ""
    assert not MissedQuery.objects.exists()
