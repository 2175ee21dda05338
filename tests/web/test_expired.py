"""A form whose token has expired, or went with the cookies, loses nothing of what was typed."""

import re
import time
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.test import Client

from reports.handling.status import change_status
from reports.intake.guard.challenge import make_ticket
from reports.intake.guard.switch import raise_guard
from reports.models import Contact, Follow, Photo, Remark, Report, Status, Verdict
from reports.secret_link import key_of
from tests.factories import CITY_HALL, POTHOLE, dispatched, submitted
from tests.people import person
from tests.pictures import jpeg_upload
from web import limits

pytestmark = pytest.mark.django_db
FORM = "/zgloszenia/nowe/"
SAID = "Nic nie przepadło: sprawdź i wyślij jeszcze raz."


@pytest.fixture
def strict() -> Client:
    """A browser that really has to show its token."""
    return Client(enforce_csrf_checks=True)


def token_in(page: str) -> str:
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]


def report_values(**changes) -> dict:
    right = {
        "submission_id": str(uuid4()),
        "lat": str(CITY_HALL.y),
        "lon": str(CITY_HALL.x),
        "place": "",
        "category": POTHOLE,
        "description": "Głęboka dziura przy przejściu.",
        "email": "ala@example.org",
        "consent": "on",
    }
    return right | changes


def own_page(report: Report, act: str = "") -> str:
    return f"/zgloszenia/{report.reference}/moje/{key_of(report.reference)}/{act}"


@pytest.fixture
def resolved() -> Report:
    report = dispatched()
    change_status(report, Status.RESOLVED, note="Zrobione.")
    return report


def test_the_form_comes_back_as_it_was_and_one_press_sends_it(strict):
    values = report_values()
    shown = strict.post(FORM, values | {"csrfmiddlewaretoken": "a" * 64})
    assert shown.status_code == 403
    assert SAID in shown.text
    assert not Report.objects.exists()
    for kept in ("Głęboka dziura przy przejściu.", "ala@example.org", values["submission_id"]):
        assert kept in shown.text
    assert f'value="{POTHOLE}" checked' in shown.text
    sent = strict.post(FORM, values | {"csrfmiddlewaretoken": token_in(shown.text)})
    assert sent.status_code == 303
    assert str(Report.objects.get().submission_id) == values["submission_id"]


def test_photos_that_came_with_it_stay_on_the_server(strict):
    shown = strict.post(FORM, report_values(files=jpeg_upload()))
    photo = Photo.objects.get()
    assert f'name="photo" value="{photo.pk}"' in shown.text
    values = report_values(photo=str(photo.pk), csrfmiddlewaretoken=token_in(shown.text))
    assert strict.post(FORM, values).status_code == 303
    assert Report.objects.get().photos.get() == photo


def test_a_ticket_that_expired_keeps_all_and_gets_a_new_one(client, operator):
    raise_guard(by=operator)
    values = report_values()
    with patch("django.core.signing.time.time", return_value=time.time() - 3600):
        old = make_ticket(values["submission_id"])
    again = client.post(FORM, values | {"ticket": old})
    assert again.status_code == 428
    assert "Głęboka dziura przy przejściu." in again.text
    assert re.search(r'name="ticket" value="([^"]+)"', again.text)[1] != old
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("act", "values", "kept"),
    [
        ("uwaga/", {"text": "Jest coraz głębsza."}, "Jest coraz głębsza."),
        ("ocena/", {"verdict": "broken", "text": "Łata odpadła."}, "Łata odpadła."),
    ],
)
def test_second_thoughts_come_back_with_their_photos(strict, resolved, act, values, kept):
    shown = strict.post(own_page(resolved, act), values | {"files": jpeg_upload()})
    assert (shown.status_code, SAID in shown.text, kept in shown.text) == (403, True, True)
    photo = Photo.objects.get()
    assert f'name="photo" value="{photo.pk}"' in shown.text
    assert not Remark.objects.exists()
    assert not Verdict.objects.exists()
    again = values | {"photo": str(photo.pk), "csrfmiddlewaretoken": token_in(shown.text)}
    assert strict.post(own_page(resolved, act), again).status_code == 303
    assert resolved.photos.get() == photo


def test_a_correction_comes_back(strict):
    report = submitted()
    values = {"place": "11 Listopada 36", "category": "latarnia", "description": "Ciemno."}
    shown = strict.post(own_page(report, "poprawka/"), values)
    assert (shown.status_code, SAID in shown.text) == (403, True)
    assert 'value="11 Listopada 36"' in shown.text
    assert 'value="latarnia" selected' in shown.text
    again = values | {"csrfmiddlewaretoken": token_in(shown.text)}
    assert strict.post(own_page(report, "poprawka/"), again).status_code == 303


def test_nothing_is_withdrawn_by_a_press_that_expired(strict):
    report = submitted()
    shown = strict.post(own_page(report, "wycofanie/"))
    assert (shown.status_code, SAID in shown.text) == (403, True)
    report.refresh_from_db()
    assert report.status == Status.RECEIVED


def test_nobody_is_counted_by_a_press_that_expired(strict):
    report = submitted()
    path = f"/status/{report.reference}/ja-tez/"
    shown = strict.post(path, {"email": "ola@example.org", "consent": "on"})
    assert (shown.status_code, SAID in shown.text) == (403, True)
    assert 'value="ola@example.org"' in shown.text
    assert not Follow.objects.exists()
    assert not Contact.objects.exists()


def test_a_wrong_key_shows_nothing_of_a_report(strict):
    report = submitted()
    path = f"/zgloszenia/{report.reference}/moje/zly/uwaga/"
    assert strict.post(path, {"text": "Uwaga."}).status_code == 404


def test_an_answer_of_staff_comes_back_and_one_press_sends_it(strict, unit_member):
    report = dispatched()
    strict.force_login(unit_member)
    path = f"/panel/zgloszenia/{report.reference}/status/"
    values = {
        "status-status": "resolved",
        "status-note": "Załatano 12.03.",
        "status-version": str(report.version),
    }
    shown = strict.post(path, values | {"status-photo": jpeg_upload()})
    assert (shown.status_code, SAID in shown.text) == (403, True)
    assert "Załatano 12.03." in shown.text
    assert "Wybierz zdjęcie jeszcze raz" in shown.text
    report.refresh_from_db()
    assert report.status == Status.FORWARDED
    again = values | {"csrfmiddlewaretoken": token_in(shown.text)}
    assert strict.post(path, again).status_code == 302
    report.refresh_from_db()
    assert report.status == Status.RESOLVED


def test_an_answer_outlives_the_session_of_staff(strict, unit_member):
    report = dispatched()
    path = f"/panel/zgloszenia/{report.reference}/status/"
    values = {
        "status-status": "resolved",
        "status-note": "Załatano <12.03>.",
        "status-version": str(report.version),
    }
    kept = strict.post(path, values)
    assert kept.status_code == 403
    assert 'name="status-note" value="Załatano &lt;12.03&gt;."' in kept.text
    # A stranger learns nothing: it shows only what was sent.
    assert report.description not in kept.text
    with_token = values | {"csrfmiddlewaretoken": token_in(kept.text)}
    assert 'name="status-note"' in strict.post(path, with_token).text
    # In the other tab, which also changes the token.
    strict.force_login(unit_member)
    shown = strict.post(path, values | {"csrfmiddlewaretoken": "a" * 64})
    assert "Załatano &lt;12.03&gt;." in shown.text
    again = values | {"csrfmiddlewaretoken": token_in(shown.text)}
    assert strict.post(path, again).status_code == 302
    report.refresh_from_db()
    assert report.status == Status.RESOLVED


def test_who_may_not_see_a_report_does_not_see_it_this_way(strict, other_unit_member):
    report = dispatched()
    strict.force_login(other_unit_member)
    assert strict.post(f"/panel/zgloszenia/{report.reference}/status/").status_code == 404
    strict.force_login(person("rita"))
    assert strict.post(f"/panel/zgloszenia/{report.reference}/status/").status_code == 403


def test_another_site_gets_the_refusal_and_nothing_else(strict):
    attack = strict.post(FORM, report_values(), headers={"origin": "https://evil.example"})
    assert attack.status_code == 403
    assert "Głęboka dziura" not in attack.text


@pytest.fixture
def one_an_hour(settings):
    """The form may be sent once, counted in a Redis without the counts of other tests."""
    settings.RATE_LIMITS_ENABLED = True
    settings.RATE_LIMITS = {"reports:new": ("1000/hour", "1/hour")}
    limits.breaker.reset()
    limits.limiter.cache_clear()
    limits.limiter().storage.reset()
    yield
    limits.limiter.cache_clear()
    limits.breaker.reset()


def test_the_limits_hold_for_it_too(strict, one_an_hour):
    assert strict.post(FORM, report_values()).status_code == 403
    assert strict.post(FORM, report_values()).status_code == 429
