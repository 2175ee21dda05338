"""What the sender may still do after sending. Only the secret link opens it."""

import re

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from catalogue.deadlines import expected_by
from districts.models import District
from outbox.models import Letter
from reports.handling.moderation import clear_description
from reports.handling.status import change_status
from reports.models import Dispatch, Remark, Report, Status, Verdict
from reports.pages.forms.second_thoughts import CorrectionForm
from reports.photos.uploading import store_upload
from reports.public import find_public
from reports.second_thoughts.correcting import withdraw
from reports.second_thoughts.time_limits import may_comment, may_correct, may_judge
from reports.secret_link import is_key, key_of, link_of
from tests.accounts.letters import letters_to, text_of
from tests.factories import POTHOLE, category, dispatched, send_to_units, submitted
from tests.pictures import jpeg_upload
from units.models import Unit

pytestmark = pytest.mark.django_db


def url(report: Report, act: str = "") -> str:
    return f"/zgloszenia/{report.reference}/moje/{key_of(report.reference)}/{act}"


@pytest.fixture
def resolved(operator) -> Report:
    report = dispatched(email="ala@example.org", consent=True)
    change_status(report, Status.RESOLVED, by=operator, note="Zrobione.")
    report.refresh_from_db()
    return report


def test_only_the_right_key_opens_the_page(client):
    report, other = submitted(), submitted()
    assert client.get(url(report)).status_code == 200
    for wrong in ("x", key_of(other.reference), key_of(report.reference)[:-1]):
        assert client.get(f"/zgloszenia/{report.reference}/moje/{wrong}/").status_code == 404
    assert not is_key(report.reference, "")


def test_the_public_never_sees_the_key(client):
    report = submitted()
    pages = (report.get_absolute_url(), f"/zgloszenia/{report.reference}/potwierdzenie/")
    for path in (*pages, f"/api/v1/reports/{report.reference}/"):
        assert key_of(report.reference) not in client.get(path).content.decode()


def test_the_browser_that_sent_it_gets_the_link_on_its_receipt(client):
    sent = client.post(
        "/zgloszenia/nowe/",
        {
            "submission_id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
            "place": "51.7652, 19.4571",
            "category": "dziura-w-jezdni",
            "description": "Dziura przy krawężniku.",
        },
    )
    report = Report.objects.get()
    cookie = sent.cookies["sender"]
    assert cookie["httponly"]
    assert cookie["path"] == f"/zgloszenia/{report.reference}/"
    assert key_of(report.reference) in client.get(sent["Location"]).content.decode()


def test_the_letters_carry_the_link_for_the_sender(resolved):
    bodies = [bytes(letter.raw).decode(errors="ignore") for letter in Letter.objects.all()]
    assert len(bodies) == 2
    assert sum("/moje/" in re.sub(r"=\r?\n", "", body) for body in bodies) >= 2
    assert link_of(resolved).endswith(f"/moje/{key_of(resolved.reference)}/")


def test_a_correction_is_routed_again_and_kept(client):
    report = submitted()
    answer = client.post(
        url(report, "poprawka/"),
        {"place": "51.7652, 19.4571", "category": "latarnia", "description": "Ciemno od tygodnia."},
    )
    assert answer.status_code == 303
    report.refresh_from_db()
    assert (report.category.code, report.description) == ("latarnia", "Ciemno od tygodnia.")
    # The new category has a time of its own, counted from the day of sending.
    sent_on = timezone.localdate(report.created_at)
    assert report.expected_by == expected_by(category("latarnia"), sent_on)
    assert report.expected_by != expected_by(category(), sent_on)
    first, second = report.assignments.all()
    assert (first.unit.code, second.unit, second.by) == ("zdit", report.unit, None)
    assert report.unit.code != "zdit"
    states = list(report.dispatches.order_by("id").values_list("state", flat=True))
    assert states == ["superseded", "owed"]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.target_id) == (
        "corrected_by_sender",
        None,
        str(report.pk),
    )
    assert find_public(report.reference).category.code == "latarnia"


def test_a_corrected_text_leaves_all_of_the_place_as_it_was(client):
    report = submitted(
        location=District.objects.get(code="ruda").label_point,
        address="Starorudzka 90L",
        is_approximate=True,
    )
    Report.objects.filter(pk=report.pk).update(accuracy=25)
    shown = CorrectionForm.initial_values(report)
    answer = client.post(url(report, "poprawka/"), shown | {"description": "Ciemno od tygodnia."})
    assert answer.status_code == 303
    report.refresh_from_db()
    assert report.description == "Ciemno od tygodnia."
    assert report.is_approximate
    assert (report.address, report.accuracy, report.district.code) == (
        "Starorudzka 90L",
        25,
        "ruda",
    )
    assert "was" not in AuditEntry.objects.get().details


def test_another_place_of_the_sender_leaves_nothing_of_the_old_one(client):
    report = submitted(address="Piotrkowska 104", accuracy=25)
    values = {"place": "11 Listopada 36", "category": POTHOLE, "description": "Tam jest dziura."}
    assert client.post(url(report, "poprawka/"), values).status_code == 303
    report.refresh_from_db()
    assert (report.address, report.accuracy, report.district.code) == (
        "11 Listopada 36",
        None,
        "radogoszcz",
    )
    assert AuditEntry.objects.get().details["was_address"] == "Piotrkowska 104"


def test_a_correction_outside_the_city_is_refused_by_the_field(client):
    report = submitted()
    values = {"place": "52.2297, 21.0122", "category": "latarnia", "description": "Ciemno."}
    answer = client.post(url(report, "poprawka/"), values)
    assert answer.status_code == 422
    assert "poza Łodzią" in answer.content.decode()


def test_after_a_quarter_or_once_taken_nothing_can_be_corrected(client, operator, time_machine):
    report = dispatched()
    values = {"place": "51.7652, 19.4571", "category": "latarnia", "description": "Ciemno."}
    with time_machine(minutes=15):
        assert not may_correct(report)
        assert client.post(url(report, "wycofanie/")).status_code == 409
        assert client.post(url(report, "poprawka/"), values).status_code == 409
    report.refresh_from_db()
    assert (report.category.code, report.is_hidden) == ("dziura-w-jezdni", False)
    with time_machine(minutes=14):
        assert may_correct(report)
        assert client.post(url(report, "poprawka/"), values).status_code == 303
    change_status(report, Status.IN_PROGRESS, by=operator)
    report.refresh_from_db()
    assert not may_correct(report)
    assert client.post(url(report, "wycofanie/")).status_code == 409


def test_a_withdrawn_report_goes_to_nobody_shows_nothing_and_is_confirmed(client):
    report = submitted(email="ala@example.org", consent=True)
    assert client.post(url(report, "wycofanie/")).status_code == 303
    send_to_units()
    report.refresh_from_db()
    assert (report.status, report.is_hidden) == (Status.REJECTED, True)
    received, withdrawn = report.changes.all()
    assert (received.status, withdrawn.status) == ("received", "rejected")
    assert (withdrawn.note, withdrawn.by) == ("Wycofane przez zgłaszającego.", None)
    assert [row.state for row in report.dispatches.all()] == ["superseded"]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == ("withdrawn_by_sender", None)
    _receipt, letter = letters_to("ala@example.org")
    assert letter.subject == f"Zgłoszenie {report.reference}: odrzucone"
    assert "Wycofane przez zgłaszającego." in text_of(letter)
    assert report.description not in client.get(report.get_absolute_url()).content.decode()
    assert not Report.objects.public().exists()


def test_a_remark_with_a_photo_is_for_staff(client):
    report = dispatched()
    uploaded = client.post("/api/v1/photos/", {"file": jpeg_upload()}).json()
    values = {"text": "Jest coraz głębsza.", "photo": uploaded["id"]}
    assert client.post(url(report, "uwaga/"), values).status_code == 303
    assert Remark.objects.get().text == "Jest coraz głębsza."
    assert report.photos.count() == 1
    assert "coraz głębsza" not in client.get(report.get_absolute_url()).content.decode()
    assert client.post(url(report, "uwaga/"), {"text": " "}).status_code == 400


def test_a_remark_takes_files_too_and_refuses_what_is_no_photo(client):
    report = dispatched()
    sent = client.post(url(report, "uwaga/"), {"text": "Zdjęcie.", "files": jpeg_upload()})
    assert sent.status_code == 303
    broken = jpeg_upload(b"<svg/>")
    refused = client.post(url(report, "uwaga/"), {"text": "Zdjęcie.", "files": broken})
    assert refused.status_code == 400
    assert report.photos.count() == Remark.objects.count() == 1


def test_a_report_takes_only_so_many_photos_in_all(client, settings):
    settings.MAX_PHOTOS = 2
    report = dispatched(photo_ids=[store_upload(jpeg_upload()).pk])
    values = {"text": "Jeszcze dwa.", "files": [jpeg_upload(), jpeg_upload()]}
    refused = client.post(url(report, "uwaga/"), values)
    assert refused.status_code == 400
    # The reason stands by the field, and what was typed is still in it.
    assert "Jeszcze dwa." in refused.content.decode()
    assert "najwyżej 5 zdjęć" in refused.content.decode()
    assert report.photos.count() == 1
    assert not Remark.objects.exists()
    taken = client.post(url(report, "uwaga/"), {"text": "Jeszcze jedno.", "files": jpeg_upload()})
    assert taken.status_code == 303
    assert report.photos.count() == 2


def test_fixed_is_said_once(client, resolved):
    assert client.post(url(resolved, "ocena/"), {"verdict": "fixed"}).status_code == 303
    assert Verdict.objects.get().is_fixed
    assert client.post(url(resolved, "ocena/"), {"verdict": "broken"}).status_code == 409
    resolved.refresh_from_db()
    assert resolved.status == Status.RESOLVED


def test_still_broken_reopens_and_reaches_the_unit_again(client, resolved):
    unit = resolved.unit
    assert client.post(url(resolved, "ocena/"), {"verdict": "broken"}).status_code == 303
    words = "Zgłaszający: nadal nie jest dobrze."
    letter = letters_to("ala@example.org")[-1]
    assert letter.subject == f"Zgłoszenie {resolved.reference} jest znowu otwarte"
    assert words in text_of(letter)
    send_to_units()
    resolved.refresh_from_db()
    assert (resolved.status, resolved.unit) == (Status.FORWARDED, unit)
    assert [step.status for step in resolved.changes.all()] == [
        "received",
        "forwarded",
        "resolved",
        "received",
        "forwarded",
    ]
    assert [row.state for row in resolved.dispatches.all()] == ["done", "done"]
    assert (resolved.assignments.last().by, resolved.assignments.last().reason) == (None, words)
    assert AuditEntry.objects.latest("pk").action == "broken_says_sender"
    # Its arrival, its answer, and that it is open again.
    assert len(letters_to("ala@example.org")) == 3
    assert find_public(resolved.reference).status == "forwarded"


def test_each_answer_may_be_judged_once(client, resolved, operator):
    client.post(url(resolved, "ocena/"), {"verdict": "broken"})
    send_to_units()
    assert client.post(url(resolved, "ocena/"), {"verdict": "fixed"}).status_code == 409
    change_status(resolved, Status.RESOLVED, by=operator, note="Teraz naprawdę.")
    assert client.post(url(resolved, "ocena/"), {"verdict": "fixed"}).status_code == 303
    assert client.post(url(resolved, "ocena/"), {"verdict": "broken"}).status_code == 409
    assert list(Verdict.objects.values_list("is_fixed", flat=True)) == [False, True]
    resolved.refresh_from_db()
    assert resolved.status == Status.RESOLVED


def test_opening_the_link_changes_nothing(client, resolved):
    for act in ("ocena/", "wycofanie/", "poprawka/", "uwaga/"):
        assert client.get(url(resolved, act)).status_code == 405
    client.get(url(resolved))
    assert not Verdict.objects.exists()


def test_after_two_weeks_the_answer_stands(client, resolved, time_machine):
    with time_machine(days=14):
        assert not may_judge(resolved)
        assert not may_comment(resolved)
        assert client.post(url(resolved, "ocena/"), {"verdict": "broken"}).status_code == 409
        assert client.post(url(resolved, "uwaga/"), {"text": "Za późno."}).status_code == 409
    assert not Verdict.objects.exists()
    assert not Remark.objects.exists()
    with time_machine(days=13, hours=23):
        assert client.post(url(resolved, "uwaga/"), {"text": "Na czas."}).status_code == 303
        assert client.post(url(resolved, "ocena/"), {"verdict": "fixed"}).status_code == 303
    assert (Verdict.objects.count(), Remark.objects.count()) == (1, 1)


def test_what_was_withdrawn_is_not_judged_back_to_life(client):
    report = submitted()
    withdraw(report)
    report.refresh_from_db()
    assert not may_judge(report)
    path = f"/zgloszenia/{report.reference}/moje/{key_of(report.reference)}/ocena/"
    assert client.post(path, {"verdict": "broken"}).status_code == 409
    assert not Dispatch.objects.filter(state="owed").exists()


def test_a_letter_to_the_unit_that_still_waits_goes_with_the_withdrawal():
    Unit.objects.filter(code="zdit").update(channel="email", email="unit@example.org")
    report = dispatched()
    letters = Letter.objects.filter(key__startswith=f"dispatch:{report.reference}:")
    assert letters.get().state == Letter.State.QUEUED
    withdraw(report)
    assert letters.get().state == Letter.State.CANCELLED
    assert bytes(letters.get().raw) == b""


def test_clearing_or_hiding_gives_no_second_verdict(operator, time_machine):
    report = dispatched()
    change_status(report, Status.RESOLVED, note="Zrobione.")
    with time_machine(days=15):
        clear_description(report, by=operator, is_public=True)
        report.refresh_from_db()
        assert not may_judge(report)


def test_a_withdrawn_report_leaves_no_failed_sending_to_the_operator():
    report = submitted()
    Dispatch.objects.update(state=Dispatch.State.FAILED)
    withdraw(report)
    assert Dispatch.objects.get().state == Dispatch.State.SUPERSEDED
