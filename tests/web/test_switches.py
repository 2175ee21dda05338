"""What is switched off is closed at every door, says so in words, and opens again at once."""

import pytest
from django.conf import settings
from django.db import OperationalError, transaction
from django.db.utils import IntegrityError
from django.test import Client

from accounts.consents import choose_newsletter
from accounts.models import User
from reports.models import Photo, Report
from tests.addresses import every_address
from tests.factories import POTHOLE, dispatched, submitted
from tests.panel.press import press
from tests.people import PASSWORD
from tests.pictures import jpeg_upload
from tests.switching import WHY, break_in, off, on
from tests.web.test_errors import report as report_body
from tests.web.test_errors import send
from web import kept
from web.models import Break, Function, SwitchChange
from web.switches import SwitchedOff, breaker, current_state

FROM_OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
pytestmark = pytest.mark.django_db


def test_reports_are_refused_with_the_sentence_and_when_to_come_back(client):
    off("reporting", hours=2)
    answer = send(client, report_body())
    assert answer.status_code == 503
    assert 7100 < int(answer["Retry-After"]) <= 7201
    body = answer.json()
    assert (body["code"], body["function"]) == ("switched_off", "reporting")
    assert WHY in body["detail"]
    assert body["until"]
    assert not Report.objects.exists()


def test_without_a_known_time_programs_ask_again_in_ten_minutes(client):
    off("reporting")
    answer = send(client, report_body())
    assert (answer["Retry-After"], answer.json()["until"]) == ("600", None)


def test_a_time_that_has_passed_is_not_promised(client, time_machine):
    off("reporting", hours=1)
    with time_machine(hours=2):
        answer = send(client, report_body())
    assert (answer["Retry-After"], answer.json()["until"]) == ("600", None)


def test_a_report_that_was_taken_before_the_switch_gets_its_receipt_by_the_act():
    first = submitted()
    off("reporting")
    assert submitted(submission_id=first.submission_id) == first
    with pytest.raises(SwitchedOff):
        submitted()


def test_the_page_of_the_form_says_what_still_works(client):
    off("reporting", hours=1)
    answer = client.get("/zgloszenia/nowe/")
    assert answer.status_code == 503
    for words in ("Zgłoszeń teraz nie przyjmujemy", WHY, "Ma działać od", "Co działa", "112"):
        assert words in answer.text
    assert 'action="/status/"' in answer.text
    assert "data-queue" in answer.text


def test_what_a_form_brought_without_scripts_is_on_the_page_to_be_sent_again(client):
    off("reporting")
    typed = {"description": "Dziura <b>głęboka</b>.", "category": POTHOLE, "a": ["1", "2"]}
    answer = client.post("/zgloszenia/nowe/", typed)
    assert answer.status_code == 503
    assert 'name="description" value="Dziura &lt;b&gt;głęboka&lt;/b&gt;."' in answer.text
    assert answer.text.count('name="a"') == 2
    assert "Wyślij jeszcze raz" in answer.text
    assert not Report.objects.exists()


def test_a_password_is_not_on_that_page(client):
    off("registration")
    typed = {"username": "jan", "password1": "tajne haslo dlugie"}
    answer = client.post("/konto/rejestracja/", typed)
    assert answer.status_code == 503
    assert 'value="jan"' in answer.text
    assert "tajne" not in answer.text


def test_a_form_of_another_site_is_not_carried_on():
    off("reporting")
    strange = Client(enforce_csrf_checks=True)
    answer = strange.post("/zgloszenia/nowe/", {"description": "Cudzy tekst."})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("function", "path"), [("registration", "/konto/rejestracja/"), ("map", "/mapa/")]
)
def test_a_page_whose_function_is_off_says_the_sentence(client, function, path):
    assert client.get(path).status_code == 200
    off(function)
    answer = client.get(path)
    assert answer.status_code == 503
    assert WHY in answer.text
    on(function)
    assert client.get(path).status_code == 200


def test_what_the_map_draws_is_closed_with_it(client):
    off("map")
    assert client.get("/api/v1/reports/", headers=FROM_OWN_PAGE).status_code == 503
    reference = dispatched().reference
    assert client.get(f"/status/{reference}/").status_code == 200


def test_residents_do_not_log_in_and_staff_do(client, resident, operator):
    off("login")
    assert WHY in client.get("/konto/logowanie/").text
    answer = client.post("/konto/logowanie/", {"login": "maria", "password": PASSWORD})
    assert answer.status_code == 503
    assert WHY in answer.text
    assert PASSWORD not in answer.text
    assert "_auth_user_id" not in client.session
    answer = client.post("/konto/logowanie/", {"login": "olga", "password": PASSWORD})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(operator.pk)


def test_who_is_logged_in_stays_so(client, resident):
    client.force_login(resident)
    off("login")
    assert client.get("/konto/").status_code == 200


def test_nobody_subscribes_to_the_newsletter_and_anybody_leaves_it(client, resident):
    off("newsletter")
    assert 'name="newsletter"' not in client.get("/konto/rejestracja/").text
    client.force_login(resident)
    page = client.get("/konto/zgody/").text
    assert 'value="1"' not in page
    assert WHY in page
    with pytest.raises(SwitchedOff):
        choose_newsletter(resident, wants=True, how="account")
    on("newsletter")
    choose_newsletter(resident, wants=True, how="account")
    off("newsletter")
    client.post("/konto/zgody/biuletyn/", {"wanted": "0"})
    assert not User.objects.get(pk=resident.pk).newsletter


def test_the_api_is_closed_to_programs_and_open_to_our_own_pages(client):
    off("api")
    answer = client.get("/api/v1/categories/")
    assert (answer.status_code, answer.json()["code"]) == (503, "switched_off")
    assert answer["Retry-After"]
    assert client.get("/ogc/collections").status_code == 503
    assert send(client, report_body()).status_code == 503
    assert client.get("/api/v1/categories/", headers=FROM_OWN_PAGE).status_code == 200
    answer = send(client, report_body(), headers=FROM_OWN_PAGE)
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 503),
        ({"Origin": "http://testserver"}, 200),
        ({"Referer": "http://testserver/zgloszenia/nowe/"}, 200),
        ({"Origin": "http://testserver.example.org"}, 503),
        ({"Referer": "http://elsewhere.example.org/"}, 503),
    ],
)
def test_older_browsers_say_by_other_headers_that_our_page_asks(client, headers, status):
    off("api")
    assert client.get("/api/v1/categories/", headers=headers).status_code == status


def test_the_documentation_of_the_api_stays(client):
    off("api")
    assert client.get("/api/docs/").status_code == 200
    assert client.get("/api/schema/").status_code == 200


def test_photos_are_refused_at_every_door(client, unit_member):
    off("photos")
    began = client.post(
        "/api/v1/uploads/", headers={"Tus-Resumable": "1.0.0", "Upload-Length": "100"}
    )
    sent = client.post("/api/v1/photos/", {"file": jpeg_upload()})
    assert (began.status_code, sent.status_code) == (503, 503)
    assert began.json()["function"] == "photos"
    report = dispatched()
    client.force_login(unit_member)
    values = {"status": "resolved", "note": "Zrobione.", "photo": jpeg_upload()}
    answer = press(client, "change-status", report, values, prefix="status")
    assert answer.status_code == 503
    assert "Zrobione." in answer.text
    assert WHY in answer.text
    assert not Photo.objects.exists()


def test_the_form_takes_no_photos_while_they_are_off(client):
    off("photos")
    page = client.get("/zgloszenia/nowe/")
    assert page.status_code == 200
    assert WHY in page.text


def test_links_into_what_is_off_are_marked(client):
    assert "off-mark" not in client.get("/regulamin/").text
    off("map")
    assert client.get("/regulamin/").text.count("off-mark") == 2


def test_with_everything_off_status_and_rules_are_served(client):
    for function in Function:
        off(function.value)
    reference = dispatched_while_off()
    for path in ("/", "/status/", f"/status/{reference}/", "/regulamin/", "/zalacznik/"):
        assert client.get(path).status_code == 200, path
    assert client.get("/readyz").status_code in (200, 503)


def dispatched_while_off() -> str:
    on("reporting")
    reference = dispatched().reference
    off("reporting")
    return reference


def test_the_sentence_is_in_the_readers_language_or_in_polish(client):
    off("map")
    english = client.get("/mapa/", headers={"Accept-Language": "en"}).text
    assert f'lang="pl">{WHY}' in english
    change = SwitchChange.objects.create(
        function="map", is_on=False, sentence=WHY, sentence_en="We are mending it."
    )
    english = client.get("/mapa/", headers={"Accept-Language": "en"}).text
    assert f'lang="en">{change.sentence_en}' in english
    assert WHY not in english


def test_earlier_rows_stay(administrator):
    row = off("map", administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        SwitchChange.objects.filter(pk=row.pk).update(sentence="Inaczej.")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()


def test_two_breaks_do_not_overlap():
    first = break_in(10, lasts=60)
    with pytest.raises(IntegrityError), transaction.atomic():
        Break.objects.create(starts_at=first.starts_at, ends_at=first.ends_at)


def test_while_the_database_is_away_what_was_known_last_holds(monkeypatch):
    off("map")
    assert "map" in current_state().off

    def fail():
        raise OperationalError("gone")

    monkeypatch.setattr(kept, "_revision", fail)
    asked = [current_state() for _time in range(2)]
    assert ["map" in state.off for state in asked] == [True, True]
    assert breaker.is_tripped
    breaker.reset()


def test_every_closed_address_exists():
    names = {name for name, _pattern in every_address()}
    assert settings.CLOSED_WITH.keys() <= names
    assert names >= settings.WRITE_IN_BREAKS
    functions = {one for pair in settings.CLOSED_WITH.values() for one in pair if one}
    assert functions <= set(Function.values)
