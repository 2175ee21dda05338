"""Closing an account works at once and everywhere, and only the proof of consent stays."""

import json
import threading
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.audit import record
from accounts.closing import close_account
from accounts.models import AccountWord, AuditEntry, ConsentEntry, Notices, User
from accounts.models.user import AccountGone
from outbox.models import Letter
from outbox.sending import send_due
from reports.dispatch.dispatching import dispatch_due
from reports.handling.status import change_status
from reports.models import Contact, DigestLine, Photo, Report, Status
from reports.public import find_public
from reports.second_thoughts.remarks import add_remark
from tests.accounts.letters import letters_to, path_in, text_of
from tests.accounts.test_registration import confirm, register
from tests.factories import send_to_units, staffed, submitted
from tests.faults.machine import wait_for
from tests.locks import number_waiting
from tests.outbox.mail_server import MailServer, running
from tests.people import PASSWORD, registered
from tests.traces import traces_of

CLOSE = "/konto/zamkniecie/"
WORDS = "Zażółć gęślą jaźń przy studzience"


@pytest.fixture
def kasia(db, settings) -> Client:
    """A browser in which a resident registered and sent a report with a description and a photo."""
    # Tests that are rolled back leave their files behind.
    for old in Path(settings.PHOTO_DIR).glob("x*.webp"):
        old.unlink()
    client = Client()
    register(client, newsletter="on")
    confirm(client)
    user = User.objects.get(username="kasia")
    report = submitted(owner=user, description=WORDS)
    photo = Photo(report=report, state=Photo.State.READY)
    photo.large.save("x.webp", ContentFile(b"RIFF kasia@example.org"), save=False)
    photo.save()
    submitted(email="KASIA@example.org", consent=True)
    client.get("/konto/zgloszenia/")
    return client


def close(client, **changes):
    return client.post(CLOSE, {"password": PASSWORD} | changes)


def test_the_page_says_what_will_happen_and_asks_for_the_password(kasia):
    page = kasia.get(CLOSE)
    assert "Dzieje się od razu" in page.text
    for wrong in ("", "wrong"):
        answer = kasia.post(CLOSE, {"password": wrong})
        assert answer.status_code == 400
        assert "password" in answer.context["form"].errors
    assert User.objects.filter(username="kasia").exists()


def test_closing_is_done_at_once(kasia):
    other = Client()
    other.force_login(User.objects.get(username="kasia"))
    assert close(kasia)["Location"] == "/konto/zamkniete/"
    for browser in (kasia, other):
        assert browser.get("/konto/").status_code == 302
    assert kasia.get("/konto/zamkniete/").status_code == 200
    assert not User.objects.filter(username="kasia").exists()


def test_the_confirmation_is_the_last_letter(kasia):
    send_to_units()
    close(kasia)
    [letter] = letters_to("kasia@example.org")
    assert letter.state == Letter.State.QUEUED
    assert "Konto jest zamknięte" in letter.subject
    for report in Report.objects.all():
        change_status(report, Status.RESOLVED, note="Zrobione.")
    assert [one.pk for one in letters_to("kasia@example.org")] == [letter.pk]


def test_reports_stay_as_anonymous_facts(kasia):
    [report] = Report.objects.exclude(owner=None)
    Report.objects.update(description_is_public=True)
    [photo] = Photo.objects.all()
    close(kasia)
    report.refresh_from_db()
    assert (report.owner, report.description) == (None, "")
    assert find_public(report.reference).description is None
    assert report.changes.count() == 1
    assert not Photo.objects.exists()
    assert kasia.get(f"/status/{report.reference}/").status_code == 200
    assert photo.report_id == report.pk


def test_words_and_photos_stay_only_if_the_resident_says_so(kasia):
    close(kasia, keep_texts="on")
    assert Report.objects.get(description=WORDS).owner is None
    assert Photo.objects.count() == 1


def test_the_ledger_keeps_given_and_withdrawn(kasia):
    proof = ConsentEntry.hash_of("kasia@example.org")
    close(kasia)
    lines = ConsentEntry.objects.filter(subject_hash=proof)
    for purpose in ("account", "rules", "newsletter", "report_letters"):
        acts = list(lines.filter(purpose=purpose).order_by("pk").values_list("act", flat=True))
        assert acts == ["given", "withdrawn"], purpose


def test_the_address_on_reports_without_account_goes_too(kasia):
    close(kasia)
    assert not Contact.objects.exists()


def test_nothing_of_the_person_is_left_anywhere(
    caplog, kasia, administrator, settings, django_capture_on_commit_callbacks
):
    """Looks into every table, file, cache, session and log, after the last letter was sent."""
    user = User.objects.get(username="kasia")
    user.last_name, user.blocked_reason = "Nazwiskowa", "Powód zza światów"
    user.save()
    own = Report.objects.get(owner=user)
    add_remark(own, text="Uwaga zza płotu")
    Report.objects.filter(pk=own.pk).update(answers={"x": "Odpowiedź zza rogu"})
    Authenticator.objects.create(user=user, type="totp", data={"secret": "TAJEMNICA"})
    EmailAddress.objects.create(user=user, email="przyszla@example.org", verified=False)
    UserSession.objects.update(ip="192.0.2.213", user_agent="Przeglądarka Katarzyny")
    boss = Client()
    boss.force_login(administrator)
    changed = boss.post(reverse("admin:accounts_user_change", args=[user.pk]), {"groups": []})
    assert changed.status_code == 302
    # Only a superuser may edit the rows of libraries there.
    User.objects.filter(pk=administrator.pk).update(is_superuser=True)
    for address in EmailAddress.objects.filter(user=user):
        page = reverse("admin:account_emailaddress_change", args=[address.pk])
        values = {"user": user.pk, "email": address.email, "verified": address.verified}
        assert boss.post(page, values | {"primary": address.primary}).status_code == 302
    named = set(LogEntry.objects.values_list("object_repr", flat=True))
    assert named == {"kasia", "kasia@example.org", "przyszla@example.org"}
    server = MailServer()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    with running(server):
        send_to_units()
        send_due()
        assert traces_of("kasia")
        with django_capture_on_commit_callbacks(execute=True):
            close(kasia)
        send_due()
    assert server.letters[-1].message["Subject"] == "Konto jest zamknięte"
    left = ("Nazwiskowa", "zza światów", "zza płotu", "zza rogu", "TAJEMNICA", "przyszla@")
    assert traces_of("kasia", WORDS, *left, "192.0.2.213", "Katarzyny") == set()
    # The mail server of the test logs what it receives; it is not part of the portal.
    records = [*caplog.get_records("setup"), *caplog.records]
    ours = [record.getMessage() for record in records if record.name != "mail.log"]
    assert len(ours) > 3
    assert "kasia" not in "\n".join(ours).lower()
    proof = ConsentEntry.hash_of("kasia@example.org")
    assert traces_of(proof) == {"accounts_consententry"}
    # That somebody was changed, and by whom, stays.
    kept = LogEntry.objects.values_list("user", "object_repr")
    assert list(kept) == [(administrator.pk, "–")] * 3


def test_the_same_person_may_come_back(kasia):
    close(kasia)
    again = Client()
    register(again)
    confirm(again)
    assert User.objects.get().username == "kasia"
    assert not Report.objects.filter(owner__isnull=False).exists()


@pytest.mark.parametrize("person", ["operator", "unit_member", "administrator"])
def test_staff_cannot_close_their_own(client, request, person):
    user = request.getfixturevalue(person)
    client.force_login(user)
    assert "zamyka administrator" in client.get(CLOSE).text
    assert close(client).status_code == 409
    assert User.objects.filter(pk=user.pk).exists()


def test_closing_while_a_report_is_dispatched(committed):
    """Twenty times at the same moment: the report arrives, and no letter follows the last one."""
    staffed()
    for number in range(20):
        user = registered(f"person{number}")
        report = submitted(owner=user)
        begin = threading.Barrier(2)

        def run(act, begin=begin) -> None:
            begin.wait()
            act()
            connection.close()

        acts = (dispatch_due, lambda user=user: close_account(user, how="account"))
        threads = [threading.Thread(target=run, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        report.refresh_from_db()
        assert (report.status, report.owner) == (Status.FORWARDED, None)
        last = letters_to(f"person{number}@example.org")
        assert [letter.subject for letter in last] == ["Konto jest zamknięte"]


def test_registering_and_closing_at_the_same_instant(committed, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    for number in range(5):
        user, begin = registered("kasia"), threading.Barrier(2)

        def run(act, begin=begin) -> None:
            begin.wait()
            act()
            connection.close()

        acts = (
            lambda: register(Client()),
            lambda user=user: close_account(user, how="account"),
        )
        threads = [threading.Thread(target=run, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        # Either the old account was closed first and a new one was made, or the address was still
        # taken, so that its owner got a letter instead.
        assert User.objects.filter(pk=user.pk).count() == 0
        assert User.objects.count() <= 1, number
        User.objects.all().delete()


def test_closing_twice_at_once_is_closing_once(committed):
    user, closed = registered("maria"), []
    report = submitted(owner=user)

    def close() -> None:
        closed.append(close_account(User.objects.get(pk=user.pk), how="account"))
        connection.close()

    threads = [threading.Thread(target=close) for _number in range(2)]
    # Both have pressed and wait for the account before either of them gets it.
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        for thread in threads:
            thread.start()
        wait_for(lambda: number_waiting() == 2, what="both wait for the account")
    for thread in threads:
        thread.join()
    assert sorted(closed) == [False, True]
    assert not User.objects.exists()
    report.refresh_from_db()
    assert (report.owner, report.description) == (None, "")
    last = letters_to("maria@example.org")
    assert [letter.subject for letter in last] == ["Konto jest zamknięte"]


def test_the_letter_is_in_the_language_of_the_account(resident):
    resident.language = "uk"
    resident.save()
    close_account(resident, how="account")
    assert "закрили" in text_of(letters_to("maria@example.org")[0])


def test_the_trail_names_no_one(resident, administrator, client):
    client.force_login(administrator)
    client.post(f"/panel/konta/{resident.pk}/usuniecie/")
    assert not User.objects.filter(username="maria").exists()
    [entry] = AuditEntry.objects.filter(action="person_deleted")
    assert (entry.actor, entry.target_id) == (administrator, str(resident.pk))
    assert "maria" not in json.dumps(entry.details)


def test_a_late_write_brings_nobody_back(resident):
    late = User.objects.get(pk=resident.pk)
    close_account(resident, how="account")
    for fields in (None, ["password"]):
        with pytest.raises(AccountGone):
            late.save(update_fields=fields)
    assert not User.objects.filter(username="maria").exists()


def test_somebody_who_was_staff_once_is_erased_but_for_the_number(resident, administrator):
    with transaction.atomic():
        entry = record(actor=resident, action=AccountWord.PERSON_CHANGED, target=administrator)
    resident.first_name = "Mariaanna"
    resident.save()
    close_account(resident, how="account")
    entry.refresh_from_db()
    assert entry.actor.username == f"–{resident.pk}"
    assert not entry.actor.is_active
    # The last letter has not been sent yet.
    assert traces_of("maria@", "mariaanna") - {"outbox_letter", "outbox_letter.raw"} == set()


def test_letters_to_an_earlier_address_go_too(kasia):
    kasia.post("/konto/potwierdzenie/", {"password": PASSWORD})
    kasia.post("/konto/adres/", {"email": "nowa@example.org", "action_add": ""})
    kasia.post(path_in(letters_to("nowa@example.org")[0], "/konto/rejestracja/adres/"))
    assert User.objects.get(username="kasia").email == "nowa@example.org"
    Letter.objects.update(state=Letter.State.SENT)
    kasia.post("/konto/adres/", {"email": "third@example.org", "action_add": ""})
    Letter.objects.filter(state=Letter.State.QUEUED).update(state=Letter.State.SENT)
    close(kasia)
    left = [letter.recipients for letter in Letter.objects.exclude(recipients=[])]
    # Letters to the first address are blanked when they are sent; this test sends none.
    assert ["third@example.org"] not in left
    assert left.count(["nowa@example.org"]) == 1
    assert all(letter.is_forgotten for letter in Letter.objects.exclude(recipients=[]))


def test_whoever_left_is_not_written_to_for_a_forgotten_password(kasia):
    close(kasia)
    before = Letter.objects.count()
    Client().post("/konto/haslo/", {"email": "kasia@example.org"})
    assert Letter.objects.count() == before


def test_closing_and_a_daily_notice_do_not_wait_for_each_other(committed):
    for number in range(15):
        user = registered(f"daily{number}")
        User.objects.filter(pk=user.pk).update(notices=Notices.DAILY)
        report = submitted(owner=User.objects.get(pk=user.pk))
        begin, faults = threading.Barrier(2), []

        def run(act, begin=begin, faults=faults) -> None:
            begin.wait()
            try:
                act()
            except OperationalError as fault:
                faults.append(fault)
            connection.close()

        acts = (
            lambda report=report: change_status(report, Status.WITH_OPERATOR),
            lambda user=user: close_account(user, how="account"),
        )
        threads = [threading.Thread(target=run, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        assert not DigestLine.objects.exists()


def test_sending_a_report_while_closing_loses_nothing(committed):
    for number in range(15):
        user, begin = registered(f"sender{number}"), threading.Barrier(2)

        def run(act, begin=begin) -> None:
            begin.wait()
            act()
            connection.close()

        acts = (
            lambda user=user: submitted(owner=user),
            lambda user=user: close_account(user, how="account"),
        )
        threads = [threading.Thread(target=run, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert Report.objects.count() == number + 1
        assert not Report.objects.exclude(owner=None).exists()
