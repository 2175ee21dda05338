"""Whose a report is: sent while logged in, claimed later; who is written to, and how often."""

import json
from uuid import uuid4

import pytest

from accounts.models import ConsentEntry, Notices, User
from outbox.models import Letter
from reports.handling.status import change_status
from reports.intake.following import follow
from reports.letters.digests import send_digests
from reports.models import Contact, DigestLine, Report, Status
from tests.accounts.letters import letters_to, text_of
from tests.factories import CITY_HALL, POTHOLE, dispatched, submitted

CLAIM = "/konto/zgloszenia/przejmij/"
pytestmark = pytest.mark.django_db


def form_values(**changes) -> dict[str, object]:
    return {
        "submission_id": str(uuid4()),
        "lat": CITY_HALL.y,
        "lon": CITY_HALL.x,
        "side": "",
        "category": POTHOLE,
        "description": "Dziura w jezdni.",
        "similar_seen": "1",
    } | changes


def body() -> dict[str, object]:
    return {
        "submission_id": str(uuid4()),
        "category": POTHOLE,
        "description": "Dziura w jezdni.",
        "location": {"type": "Point", "coordinates": list(CITY_HALL.coords)},
    }


def by_form(client):
    return client.post("/zgloszenia/nowe/", form_values())


def by_script(client):
    return client.post("/api/v1/reports/", json.dumps(body()), content_type="application/json")


@pytest.mark.parametrize("send", [by_form, by_script])
def test_what_a_resident_sends_is_theirs(client, resident, send):
    client.force_login(resident)
    assert send(client).status_code in (201, 303)
    assert Report.objects.get().owner == resident


@pytest.mark.parametrize("send", [by_form, by_script])
@pytest.mark.parametrize("person", [None, "operator"])
def test_what_others_send_is_nobodys(client, request, send, person):
    if person:
        client.force_login(request.getfixturevalue(person))
    send(client)
    assert Report.objects.get().owner is None


def test_the_form_of_a_resident_asks_for_no_address(client, resident):
    assert 'type="email"' in client.get("/zgloszenia/nowe/").text
    client.force_login(resident)
    page = client.get("/zgloszenia/nowe/").text
    assert 'type="email"' not in page
    assert "maria@example.org" in page


def test_the_form_kept_on_the_device_is_nobodys(client, resident):
    client.force_login(resident)
    assert "maria@example.org" not in client.get("/zgloszenia/nowe/bez-sieci/").text


def test_a_letter_at_every_change(resident):
    report = dispatched(owner=resident)
    change_status(report, Status.RESOLVED, note="Załatane.")
    letters = letters_to("maria@example.org")
    assert len(letters) == 2
    assert "Załatane." in text_of(letters[-1])
    assert f"/konto/zgloszenia/{report.reference}/" in text_of(letters[-1])
    assert "/konto/zgody/" in text_of(letters[-1])


def test_one_letter_a_day_by_choice(resident):
    User.objects.update(notices=Notices.DAILY)
    resident.refresh_from_db()
    first, second = dispatched(owner=resident), dispatched(owner=resident)
    change_status(first, Status.RESOLVED, note="Załatane.")
    change_status(second, Status.IN_PROGRESS)
    assert DigestLine.objects.count() == 2
    before = Letter.objects.count()
    assert (send_digests(), send_digests()) == (1, 0)
    assert Letter.objects.count() == before + 1
    text = text_of(letters_to("maria@example.org")[-1])
    assert text.count(first.reference) == 2
    assert second.reference in text
    assert "Załatane." in text


def test_there_is_a_daily_letter_each_day_on_which_something_changed(resident):
    User.objects.update(notices=Notices.DAILY)
    resident.refresh_from_db()
    report = dispatched(owner=resident)
    assert send_digests() == 0
    change_status(report, Status.IN_PROGRESS)
    assert send_digests() == 1
    change_status(report, Status.RESOLVED, note="Załatane.")
    assert send_digests() == 1
    first, second = letters_to("maria@example.org")[-2:]
    assert first.subject == second.subject == "Co się zmieniło w Twoich zgłoszeniach"
    assert "w realizacji" in text_of(first)
    assert "załatwione" in text_of(second)
    assert "w realizacji" not in text_of(second)


def test_a_blocked_person_gets_no_daily_letter_not_even_later(resident):
    User.objects.update(notices=Notices.DAILY)
    resident.refresh_from_db()
    change_status(dispatched(owner=resident), Status.IN_PROGRESS)
    assert DigestLine.objects.exists()
    before = len(letters_to("maria@example.org"))
    User.objects.update(is_active=False)
    assert send_digests() == 0
    User.objects.update(is_active=True)
    assert send_digests() == 0
    assert len(letters_to("maria@example.org")) == before


def test_the_choice_is_made_on_the_page_of_consents(client, resident):
    client.force_login(resident)
    client.post("/konto/zgody/", {"notices": "daily"})
    resident.refresh_from_db()
    assert resident.notices == Notices.DAILY
    answer = client.post("/konto/zgody/", {"notices": "never"})
    assert answer.status_code == 400


def test_a_blocked_owner_is_not_written_to(resident):
    report = dispatched(owner=resident)
    before = len(letters_to("maria@example.org"))
    User.objects.update(is_active=False)
    change_status(report, Status.RESOLVED, note="Załatane.")
    assert len(letters_to("maria@example.org")) == before


def test_reports_sent_before_registering_can_be_claimed(client, resident):
    early = submitted(email="MARIA@example.org", consent=True)
    submitted(email="somebody@example.org", consent=True)
    submitted(owner=resident)
    client.force_login(resident)
    assert client.get("/konto/zgloszenia/").context["claimable"] == 1
    assert client.post(CLAIM).status_code == 302
    early.refresh_from_db()
    assert early.owner == resident
    assert set(Contact.objects.values_list("email", flat=True)) == {"somebody@example.org"}
    acts = ConsentEntry.objects.filter(subject_reference=early.reference)
    assert [(entry.act, entry.how) for entry in acts.order_by("pk")] == [
        ("given", "typed"),
        ("withdrawn", "claimed"),
    ]
    assert client.get("/konto/zgloszenia/").context["claimable"] == 0


def test_a_claimed_report_brings_one_letter_a_change(client, resident):
    early = submitted(email="maria@example.org", consent=True)
    client.force_login(resident)
    client.post(CLAIM)
    before = len(letters_to("maria@example.org"))
    change_status(early, Status.FORWARDED)
    assert len(letters_to("maria@example.org")) == before + 1


def test_an_account_that_is_blocked_has_no_reports(resident):
    report = submitted(owner=resident)
    assert list(Report.objects.sent_by(resident)) == [report]
    resident.is_active = False
    assert not Report.objects.sent_by(resident).exists()


def test_what_one_only_follows_cannot_be_claimed(client, resident):
    report = submitted()
    follow(report, follower="x" * 64, email="maria@example.org", consent=True)
    client.force_login(resident)
    client.post(CLAIM)
    report.refresh_from_db()
    assert report.owner is None
