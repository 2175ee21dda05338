"""Pages for everybody are made once in a moment; nothing personal is ever kept."""

import gzip

import pytest
from django.conf import settings as portal_settings
from django.db import connection
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import test_access_matrix
from tests.addresses import every_address
from tests.pages.entries import news
from tests.switching import WHY, break_in, off, on
from tests.test_access_matrix import ROWS, log_in
from web.kept_pages import KeptPagesMiddleware
from web.switches import State

words = test_access_matrix.words
pytestmark = pytest.mark.django_db
RULES = "/regulamin/"


@pytest.fixture(autouse=True)
def kept_for_a_minute(settings):
    settings.PAGES_KEPT_SECONDS = 60


@pytest.fixture
def made_anew(client):
    """Asks for a page and tells whether it was made, and not taken from memory: that costs the one
    statement that reads the revision.
    """

    def ask(path: str = RULES) -> bool:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries) > 1

    return ask


def test_a_page_is_made_once_and_then_answered_by_one_statement(made_anew):
    assert [made_anew(), made_anew(), made_anew()] == [True, False, False]


def test_after_its_seconds_it_is_made_anew(made_anew, time_machine):
    made_anew()
    with time_machine(seconds=59):
        assert not made_anew()
    with time_machine(seconds=61):
        assert made_anew()


def test_a_browser_that_has_the_page_is_answered_304(client):
    first = client.get(RULES)
    assert first["ETag"].startswith('W/"')
    assert first["Cache-Control"] == "no-cache"
    again = client.get(RULES, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    other = client.get(RULES, headers={"If-None-Match": 'W/"other"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_another_text_has_another_tag(client, time_machine):
    before = client.get("/aktualnosci/")
    news(title="Nowa rzecz")
    with time_machine(seconds=61):
        after = client.get("/aktualnosci/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    assert "Nowa rzecz" in after.text


def test_each_language_has_its_own_page(client):
    texts = {
        code: client.get(RULES, headers={"Accept-Language": code}).text
        for code in ("pl", "en", "uk")
    }
    again = {
        code: client.get(RULES, headers={"Accept-Language": code}).text
        for code in ("uk", "pl", "en")
    }
    assert len(set(texts.values())) == 3
    assert texts == again
    client.cookies["jezyk"] = "en"
    assert client.get(RULES, headers={"Accept-Language": "pl"}).text == texts["en"]


def test_it_goes_out_compressed_and_not_as_the_same_page(client):
    plain = client.get(RULES)
    zipped = client.get(RULES, headers={"Accept-Encoding": "gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert (zipped["ETag"], zipped["Content-Length"]) == (plain["ETag"], str(len(zipped.content)))
    assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= set(plain["Vary"].split(", "))


def test_a_switch_is_in_force_on_kept_pages_at_once(client):
    assert client.get("/mapa/").status_code == 200
    off("map")
    assert WHY in client.get("/mapa/").text
    assert "off-mark" in client.get(RULES).text
    on("map")
    assert client.get("/mapa/").status_code == 200


def test_a_break_is_on_kept_pages_from_its_start(client, time_machine, settings):
    settings.PAGES_KEPT_SECONDS = 7200
    client.get(RULES)
    break_in(60, lasts=60)
    assert "Przerwa techniczna:" in client.get(RULES).text
    with time_machine(minutes=61):
        assert "Trwa przerwa techniczna" in client.get(RULES).text
    with time_machine(minutes=119):
        assert "Trwa przerwa techniczna" in client.get(RULES).text


@pytest.mark.parametrize("cookie", ["sessionid", "messages", "urzadzenie", "anything"])
def test_whoever_brings_another_cookie_gets_a_page_of_their_own(client, made_anew, cookie):
    made_anew()
    client.cookies[cookie] = "x"
    assert [made_anew(), made_anew()] == [True, True]


def test_with_a_query_a_page_is_made_anew(made_anew):
    made_anew("/aktualnosci/?strona=1")
    assert made_anew("/aktualnosci/?strona=1")


@pytest.mark.parametrize("person", ["resident", "unit_member", "administrator"])
def test_nothing_of_somebody_logged_in_is_kept(person, request, client, words, settings):
    """At every address that they may open: the page of nobody is as before."""
    # A page that is made anew tells the minute in which it was.
    settings.PAGES_KEPT_SECONDS = 3600
    nobody = {name: client.get(reverse(name, kwargs=given)).content for name, given in kept(words)}
    log_in(client, request, person)
    wrong = []
    for name, (method, parameters, statuses) in ROWS.items():
        if method != "get" or statuses[person] != 200:
            continue
        given = {key: words.get(word, word) for key, word in parameters.items()}
        answer = client.get(reverse(name, kwargs=given))
        # What is the same for everybody says so itself: files of boundaries, tiles, the manifest.
        is_private = "private" in answer.get("Cache-Control", "")
        if name in portal_settings.KEPT_PAGES and not is_private:
            wrong.append(name)
        if request.getfixturevalue(person).username.encode() in b"".join(answer) and not is_private:
            wrong.append(name)
    assert wrong == []
    client.logout()
    client.cookies.clear()
    for name, given in kept(words):
        assert client.get(reverse(name, kwargs=given)).content == nobody[name], name


def test_every_kept_page_is_the_same_for_everybody(client, words):
    for name, given in kept(words):
        answer = client.get(reverse(name, kwargs=given))
        assert answer["Cache-Control"] == "no-cache", name
        assert answer["ETag"], name
        assert not answer.cookies, name
        assert "nonce-" not in answer["Content-Security-Policy"], name
        assert b"csrfmiddlewaretoken" not in answer.content, name


def kept(words) -> list[tuple[str, dict]]:
    """The kept pages with the words of their addresses."""
    return [
        (name, {key: words.get(word, word) for key, word in ROWS[name][1].items()})
        for name in sorted(portal_settings.KEPT_PAGES)
    ]


def test_a_page_that_sets_a_cookie_or_holds_a_token_is_not_kept(rf):
    made = []

    def page(request):
        made.append(1)
        answer = HttpResponse("<p>x</p>")
        if len(made) <= 2:
            answer.set_cookie("x", "y")
        elif len(made) <= 4:
            answer.write(f'<input name="csrfmiddlewaretoken" value="{get_token(request)}">')
        return answer

    answers = KeptPagesMiddleware(page)
    for _time in range(7):
        request = rf.get(RULES)
        request.portal_state = State()
        answers(request)
    assert len(made) == 5


def test_every_kept_name_is_an_address():
    assert {name for name, _path in every_address()} >= portal_settings.KEPT_PAGES
