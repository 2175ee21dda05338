"""Cases that a hostile reader thought of: addresses that block, late dispatches, odd input."""

from base64 import b64encode
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.utils import timezone

from outbox.errors import UnsendableAddress
from outbox.models import Letter
from reports.dispatch import dispatching
from reports.dispatch.channels import CHANNELS
from reports.dispatch.dispatching import dispatch_due
from reports.handling.moderation import clear_description, set_visibility
from reports.handling.status import change_status
from reports.intake.following import follow
from reports.models import Contact, Dispatch, Photo, Report, Status
from reports.photos import processing
from reports.photos.processing import process_due
from reports.photos.uploading import store_upload
from reports.second_thoughts.correcting import withdraw
from reports.second_thoughts.time_limits import may_judge
from reports.secret_link import key_of
from tests.factories import CITY_HALL, POTHOLE, dispatched, submitted
from tests.pictures import jpeg_upload
from units.models import Unit

pytestmark = pytest.mark.django_db
UNREACHABLE = '"a b"@example.org'


def follow_by_api(client, report: Report, **body):
    path = f"/api/v1/reports/{report.reference}/follow/"
    return client.post(path, body, content_type="application/json")


def test_an_address_that_no_letter_reaches_is_refused_where_it_is_typed(client):
    report = submitted()
    answer = follow_by_api(client, report, email=UNREACHABLE, consent=True)
    assert answer.status_code == 400
    assert "email" in answer.json()["fields"]
    with pytest.raises(UnsendableAddress):
        submitted(email=UNREACHABLE, consent=True)
    assert Report.objects.count() == 1


def test_an_unreachable_address_that_is_stored_holds_up_nobody():
    report = submitted(email="maria@example.org", consent=True)
    Contact.objects.create(report=report, email=UNREACHABLE, is_sender=False)
    dispatch_due()
    report.refresh_from_db()
    assert report.status == Status.FORWARDED
    assert Letter.objects.filter(key__contains=":status-").count() == 1


def test_a_sending_that_breaks_does_not_take_the_others_along(monkeypatch):
    reports = [submitted() for _number in range(3)]
    whole = CHANNELS["panel"]

    def breaks(dispatch: Dispatch) -> None:
        if dispatch.report_id == reports[1].pk:
            raise ZeroDivisionError
        whole(dispatch)

    monkeypatch.setitem(dispatching.CHANNELS, "panel", breaks)
    dispatch_due()
    states = list(Dispatch.objects.order_by("report_id").values_list("state", flat=True))
    assert states == ["done", "owed", "done"]


@pytest.mark.parametrize("email", ["maria@example.org", "nobody@example.org"])
def test_nobody_learns_whose_address_stands_behind_a_report(client, email):
    report = submitted(email="maria@example.org", consent=True)
    answer = follow_by_api(client, report, email=email, consent=False)
    assert (answer.status_code, answer.json()["code"]) == (400, "consent_required")


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


def test_a_late_sending_does_not_undo_an_answer(unit_member):
    report = submitted()
    change_status(report, Status.WITH_OPERATOR)
    assert Dispatch.objects.get().state == "superseded"
    report = submitted()
    Report.objects.filter(pk=report.pk).update(status=Status.FORWARDED)
    report.refresh_from_db()
    change_status(report, Status.RESOLVED, by=unit_member, note="Zrobione.")
    dispatch_due()
    report.refresh_from_db()
    assert report.status == Status.RESOLVED


@pytest.mark.parametrize("lack", [MemoryError(), OSError(5, "Input/output error")])
def test_no_photo_is_lost_when_the_machine_lacks_something_for_a_moment(monkeypatch, lack):
    photo = store_upload(jpeg_upload())

    def lacks(_file):
        raise lack

    with monkeypatch.context() as patch:
        patch.setattr(processing, "decode", lacks)
        for _time in range(6):
            process_due()
            Photo.objects.update(leased_until=None)
    photo.refresh_from_db()
    assert photo.state == Photo.State.WAITING
    process_due()
    photo.refresh_from_db()
    assert photo.state == Photo.State.READY


def test_a_file_that_asks_for_too_much_each_time_is_given_up_one_day(monkeypatch):
    photo = store_upload(jpeg_upload())
    Photo.objects.update(uploaded_at=timezone.now() - timedelta(days=2))

    def lacks(_file):
        raise MemoryError

    monkeypatch.setattr(processing, "decode", lacks)
    for _time in range(5):
        process_due()
        Photo.objects.filter(state="waiting").update(leased_until=None)
    photo.refresh_from_db()
    assert photo.state == Photo.State.REFUSED


def test_a_disk_that_is_nearly_full_takes_no_photos(client, monkeypatch, settings):
    settings.MIN_FREE_BYTES = 2**62
    answer = client.post("/api/v1/photos/", {"file": jpeg_upload()})
    assert (answer.status_code, answer.json()["code"]) == (503, "no_room")
    answer = client.post("/api/v1/uploads/", HTTP_UPLOAD_LENGTH="100")
    assert answer.status_code == 503


@pytest.mark.parametrize("position", ["abc", "2026-13-45", "\0", "9" * 500])
def test_a_strange_cursor_is_refused_in_words(client, position):
    cursor = b64encode(f"p={quote(position)}".encode()).decode()
    assert client.get("/api/v1/reports/", {"cursor": cursor}).status_code == 400


def test_an_endless_number_is_no_coordinate(client):
    point = '{"type": "Point", "coordinates": [1' + "0" * 400 + ", 51.7]}"
    body = (
        f'{{"submission_id": "{uuid4()}", "category": "{POTHOLE}", "description": "Dziura.", '
        f'"location": {point}}}'
    )
    answer = client.post("/api/v1/reports/", body, content_type="application/json")
    assert answer.status_code == 400
    values = {"extent": point.replace("Point", "LineString"), "category": POTHOLE}
    assert client.post("/zgloszenia/nowe/", values).status_code == 400


@pytest.mark.parametrize("length", ["0" * 20 + "9" * 5000, "1" * 11, "٣"])
def test_an_endless_length_is_no_length(client, length):
    answer = client.post("/api/v1/uploads/", HTTP_UPLOAD_LENGTH=length)
    assert answer.status_code == 400


def test_a_hidden_report_does_not_name_who_has_it(client, operator):
    report = dispatched()
    follow(report, follower="x" * 64, email="follower@example.org", consent=True)
    set_visibility(report, is_hidden=True, by=operator, reason="treść")
    answer = client.get(f"/api/v1/reports/{report.reference}/").json()
    assert {step["unit"] for step in answer["timeline"]} == {None}
    change_status(report, Status.RESOLVED, note="Zrobione.")
    assert not Letter.objects.filter(recipients=["follower@example.org"]).exists()


def test_a_report_kept_on_a_shared_device_stays_its_writers(client, resident, other_resident):
    client.force_login(resident)
    mark = client.get("/zgloszenia/nowe/").context["account_mark"]
    body = {
        "submission_id": str(uuid4()),
        "category": POTHOLE,
        "description": "Dziura w jezdni.",
        "location": {"type": "Point", "coordinates": list(CITY_HALL.coords)},
    }

    def send(account: str):
        return client.post(
            "/api/v1/reports/", body | {"account": account}, content_type="application/json"
        )

    client.force_login(other_resident)
    assert send(mark).json()["code"] == "other_account"
    client.logout()
    assert send(mark).status_code == 409
    client.force_login(resident)
    assert send(mark).status_code == 201
    assert Report.objects.get().owner == resident
    body["submission_id"] = str(uuid4())
    assert send("").status_code == 201
    assert Report.objects.filter(owner=None).count() == 1


def test_the_receipt_shows_its_browser_which_draft_is_done(client):
    report = submitted()
    path = f"/zgloszenia/{report.reference}/potwierdzenie/"
    assert str(report.submission_id) not in client.get(path).text
    client.cookies["sender"] = key_of(report.reference)
    assert str(report.submission_id) in client.get(path).text
