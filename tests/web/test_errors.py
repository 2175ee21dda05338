"""Bad input is refused in words and never causes a fault."""

import json

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from tests.factories import CITY_HALL, POTHOLE
from web import errors

pytestmark = pytest.mark.django_db
JSON = "application/json"
REPORTS = "/api/v1/reports/"


def report(**changes) -> dict:
    return {
        "submission_id": "3f0f6d0e-8d8b-4d0f-9a51-0b8f5f6a7a11",
        "category": POTHOLE,
        "description": "Dziura w jezdni.",
        "location": {"type": "Point", "coordinates": list(CITY_HALL.coords)},
    } | changes


def send(client, body, content_type: str = JSON, **headers):
    data = json.dumps(body).encode() if isinstance(body, dict | list) else body
    return client.generic("POST", REPORTS, data, content_type=content_type, **headers)


class Refused(errors.PortalError):
    code = "refused"
    field = "note"
    detail = "Tak nie."


def test_the_sentence_also_stands_by_the_field_of_the_error():
    assert Refused().fields == {"note": ["Tak nie."]}
    assert Refused("Inaczej.", sides=2).extra == {"fields": {"note": ["Inaczej."]}, "sides": 2}


def test_an_error_that_names_its_fields_itself_keeps_them():
    assert Refused(fields={"email": ["Zły."]}).fields == {"email": ["Zły."]}


def test_an_error_of_no_field_names_none():
    assert errors.NotFound().extra == {}
    assert errors.NotFound().fields == {}


def test_a_missing_page_is_a_page_for_people(client):
    answer = client.get("/nie-ma/")
    assert answer.status_code == 404
    assert "Nie ma takiej strony" in answer.text
    assert 'action="/status/"' in answer.text
    assert "Co możesz zrobić" in answer.text


def test_a_missing_address_of_the_api_is_json(client):
    answer = client.get("/api/v1/nie-ma/")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_who_asks_for_json_gets_json(client):
    answer = client.get("/nie-ma/", headers={"accept": JSON})
    assert answer.json()["code"] == "not_found"


def test_wrong_fields_are_named(client):
    answer = send(client, report(description=""))
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"
    assert list(answer.json()["fields"]) == ["description"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'"text"',
        b"[]",
        b"null",
        b"1",
        b"[" * 100_000,
        b'{"description": "\\ud800"}',
        b'{"description": "a\\u0000b"}',
        b'{"category": "a\\u0000b"}',
        b'{"category": {"a": 1}}',
        b'{"submission_id": 1e999}',
        b'{"photos": [["x"]]}',
        b'{"photos": {"x": 1}}',
        b'{"location": NaN}',
    ],
)
def test_json_that_is_no_report_is_refused(client, body):
    answer = send(client, body)
    assert answer.status_code == 400
    assert {"code", "detail"} <= set(answer.json())


@pytest.mark.parametrize("field", ["description", "category", "address", "email"])
@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * 10_000, {"a": 1}, [1], 1e400])
def test_a_field_of_the_wrong_kind_is_refused(client, field, text):
    assert send(client, report(**{field: text})).status_code == 400


@pytest.mark.parametrize("charset", ["rot13", "base64", "utf-16", "nonsense", "utf-7"])
def test_a_strange_charset_is_no_fault(client, charset):
    assert send(client, report(), f"{JSON}; charset={charset}").status_code in {201, 400, 415}
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = client.generic("POST", "/status/", b"a=b", f"{kind}; charset={charset}")
        assert answer.status_code < 500


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "", "x" * 500])
def test_another_content_type_is_refused(client, kind):
    assert send(client, b"x=1", kind).status_code in {400, 415}


def test_a_body_that_is_too_large_is_refused(client):
    answer = send(client, report(description="x" * 1_100_000))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_too_many_fields_are_refused(client):
    answer = client.post("/zgloszenia/nowe/", {f"f{number}": "" for number in range(1100)})
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["x", "-1", "1e3", "²"])
def test_a_length_that_is_no_number_is_refused(client, length):
    answer = client.get("/", CONTENT_LENGTH=length)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/status/%00/", "/?q=%00", "/api/v1/addresses/?q=%00", "/zgloszenia/%00/potwierdzenie/"],
)
def test_nul_in_an_address_is_refused(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/status/%ff%fe/",
        "/status/?numer=%ff%fe",
        "/mapa/?strona=%ff",
        "/mapa/?strona=1e9",
        "/api/v1/reports/?bbox=nan,1,2,3",
        "/api/v1/reports/?cursor=zzz",
        "/api/v1/reports/?limit=99999999999999999999",
        "/api/v1/addresses/?q=%ff",
        "/api/v1/locate/?lat=nan&lon=inf",
        "/regulamin/%ff/",
        "/zdjecia/00000000-0000-0000-0000-000000000000/huge.webp",
        "/konto/haslo/nowe/zzz-zzz/",
        "/konto/logowanie/?next=%ff//evil",
    ],
)
def test_bad_bytes_in_an_address_are_no_fault(client, path):
    assert client.get(path).status_code < 500


@pytest.mark.parametrize("path", ["/zgloszenia/nowe/", "/status/", "/konto/logowanie/"])
def test_bad_bytes_in_a_form_are_no_fault(client, path):
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        for body in (
            b"a=%ff&description=%00&login=%00&password=%00",
            b"--x\r\nbroken",
            b"\xff" * 99,
        ):
            assert client.post(path, body, content_type=kind).status_code < 500


def test_a_multipart_without_boundary_is_refused(client):
    assert client.post("/zgloszenia/nowe/", b"x", "multipart/form-data").status_code == 400


@pytest.mark.parametrize("cookie", ["a\\000b", "x" * 5000, '"'])
def test_a_strange_session_cookie_is_no_fault(client, cookie):
    answer = client.get("/", headers={"cookie": f'sessionid="{cookie}"; csrftoken="{cookie}"'})
    assert answer.status_code < 500


def test_an_unknown_host_is_refused(client, settings):
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    assert client.get("/", headers={"host": "elsewhere.example.org"}).status_code == 400
    assert client.get("/", headers={"host": "a b\x00"}).status_code == 400


def test_a_wrong_method_is_refused_in_words(client, operator):
    client.force_login(operator)
    answer = client.get("/panel/zgloszenia/7K3M-94QX-2/status/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "<h1>" in answer.text
    api = client.delete(REPORTS)
    assert (api.status_code, api.json()["code"]) == (405, "method_not_allowed")


def test_a_form_without_token_is_refused_in_words():
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/status/", {"reference": "x"})
    assert answer.status_code == 403
    assert "Formularz wygasł" in answer.text


def test_a_database_that_is_away_is_announced_calmly(rf: RequestFactory):
    fault = OperationalError("connection refused")
    page = errors.ErrorMiddleware(lambda request: None).process_exception(rf.get("/"), fault)
    assert page.status_code == 503
    assert int(page["Retry-After"]) > 0
    assert "Spróbuj za minutę" in page.text
    answer = errors.api_exception_handler(fault, {})
    assert (answer.status_code, answer.data["code"]) == (503, "unavailable")
    assert int(answer["Retry-After"]) > 0


def test_a_fault_of_ours_is_announced_without_details(rf: RequestFactory):
    page = errors.server_error(rf.get("/"))
    assert page.status_code == 500
    assert "Coś się u nas zepsuło" in page.text
    for words in ('action="/status/"', 'href="/"', "42 638 44 44", 'href="#tresc"'):
        assert words in page.text
    answer = errors.server_error(rf.get("/api/v1/reports/"))
    assert json.loads(answer.content)["code"] == "server_error"
