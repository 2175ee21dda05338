"""What nobody cleared, and what staff hid, is shown to nobody: not by pages, the API or letters."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from outbox.models import Letter
from reports.handling.moderation import clear_description, set_visibility
from reports.handling.status import change_status
from reports.intake.following import follow
from reports.models import Contact, Follow, Photo, Report, Status
from reports.photos.clearing import clear_photo
from reports.photos.processing import process_due
from reports.photos.uploading import store_upload
from reports.public import find_public
from reports.secret_link import key_of
from tests.accounts.letters import letters_to, whole
from tests.factories import dispatched, send_to_units, submitted
from tests.pictures import jpeg_upload

pytestmark = pytest.mark.django_db
PHONE = "Proszę dzwonić do Kowalskiej: 600 700 800."
ANSWER = "Dziurę przed bramą pani Kowalskiej załatano."


def shown(client, report: Report) -> str:
    """All that a stranger gets to see of ``report``, in one text."""
    pages = (
        report.get_absolute_url(),
        reverse("reports:receipt", args=[report.reference]),
        reverse("api:report", args=[report.reference]),
        reverse("api:reports"),
        reverse("maps:map"),
        reverse("home"),
    )
    answers = [client.get(page) for page in pages]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join(answer.content.decode() for answer in answers)


def with_photos(operator) -> tuple[Report, Photo, Photo]:
    """A report with two photos: the first one cleared, the second one not."""
    photos = [store_upload(jpeg_upload()) for _number in range(2)]
    report = dispatched(photo_ids=[photo.pk for photo in photos])
    process_due()
    cleared, uncleared = report.photos.order_by("position")
    clear_photo(cleared, seen=cleared.look, by=operator, is_public=True)
    return report, cleared, uncleared


def test_a_text_corrected_after_it_was_cleared_is_cleared_anew(client, operator):
    report = submitted(description="Głęboka dziura.")
    clear_description(report, by=operator, is_public=True)
    assert "Głęboka dziura." in shown(client, report)
    sent = {"place": "51.7652, 19.4571", "category": report.category.code, "description": PHONE}
    path = reverse("reports:sender-correct", args=[report.reference, key_of(report.reference)])
    assert client.post(path, sent).status_code == 303
    client.cookies.clear()
    report.refresh_from_db()
    assert (report.description, report.description_is_public) == (PHONE, False)
    assert find_public(report.reference).description is None
    page = shown(client, report)
    assert "Kowalskiej" not in page
    assert "Głęboka dziura." not in page
    trail = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(trail) == ["description_cleared", "corrected_by_sender"]


def test_of_photos_only_the_cleared_ones_are_shown(client, operator):
    report, cleared, uncleared = with_photos(operator)
    assert find_public(report.reference).photos == [cleared]
    page = shown(client, report)
    assert str(cleared.pk) in page
    assert str(uncleared.pk) not in page


def test_of_a_hidden_report_only_the_statuses_are_shown(client, operator, unit_member):
    report, cleared, uncleared = with_photos(operator)
    clear_description(report, by=operator, is_public=True)
    change_status(report, Status.RESOLVED, by=operator, note=ANSWER)
    before = shown(client, report)
    for word in (report.description, ANSWER, str(cleared.pk), report.unit.name):
        assert word in before
    set_visibility(report, is_hidden=True, by=operator, reason="dane osoby")
    page = shown(client, report)
    for word in (report.description, "Kowalskiej", str(cleared.pk), str(uncleared.pk)):
        assert word not in page
    public = find_public(report.reference)
    assert [(step.status, step.note) for step in public.timeline] == [
        ("received", ""),
        ("forwarded", ""),
        ("resolved", ""),
    ]
    assert (public.photos, public.location, public.category) == ([], None, None)
    assert not public.awaits_clearing
    for photo in (cleared, uncleared):
        path = reverse("reports:photo", args=[photo.pk, "small"])
        assert client.get(path).status_code == 404
        client.force_login(unit_member)
        assert client.get(path).status_code == 404
        client.logout()
    # What was hidden is kept for the operator.
    assert report.changes.last().note == ANSWER


def test_nobody_follows_a_hidden_report(client, operator):
    report = dispatched()
    set_visibility(report, is_hidden=True, by=operator, reason="dane osoby")
    pressed = client.post(reverse("reports:follow", args=[report.reference]))
    values = {"email": "ola@example.org", "consent": True}
    sent = client.post(
        reverse("api:follow", args=[report.reference]), values, content_type="application/json"
    )
    assert (pressed.status_code, sent.status_code) == (404, 404)
    assert not Follow.objects.exists()
    assert not Contact.objects.exists()
    assert not Letter.objects.exists()


def test_a_follower_gets_neither_the_senders_link_nor_letters_about_what_is_hidden(operator):
    report = submitted(email="ala@example.org", consent=True)
    follow(report, follower="a", email="ola@example.org", consent=True)
    # However a follower came to be one who is written to.
    Contact.objects.get_or_create(
        report=report, email="iza@example.org", defaults={"is_sender": False}
    )
    send_to_units()
    report.refresh_from_db()
    change_status(report, Status.RESOLVED, by=operator, note="Zrobione.")
    link = f"/moje/{key_of(report.reference)}"
    assert all(link in whole(letter) for letter in letters_to("ala@example.org"))
    for follower in ("ola@example.org", "iza@example.org"):
        assert not any("/moje/" in whole(letter) for letter in letters_to(follower))
    subjects = [letter.subject.rpartition(": ")[2] for letter in letters_to("iza@example.org")]
    assert subjects == ["załatwione"]
    set_visibility(report, is_hidden=True, by=operator, reason="dane osoby")
    change_status(report, Status.WITH_OPERATOR, by=operator)
    letters = Letter.objects.filter(subject__endswith="dobieramy jednostkę")
    told = {letter.recipients[0] for letter in letters}
    assert told == {"ala@example.org"}
