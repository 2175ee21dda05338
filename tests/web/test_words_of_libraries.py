"""Our words for texts of libraries stand before theirs, and fit the version installed."""

import gettext
import re
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.contrib import auth
from django.http import HttpResponse
from django.utils import translation
from django.utils.html import strip_tags

from accounts.passwords import password_requirements
from tests.people import PASSWORD

OURS = Path(settings.LOCALE_PATHS[1])
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# What the libraries say in another register than the portal's, by language.
FOREIGN = {
    "pl": r"uwierzyteln|autoryzac|zresetow|Zapomniałeś|pewn[yi]\b|dezaktyw",
    "en": r"\bsign(ed)?[ -](in|out)|reauthenticat|token|deactivat|\bemail\b|your password must",
    "uk": r"[ау]утентиф|токен|будь ласка|електронної пошти|впевнені",
}


def catalogue(folder: Path, language: str) -> dict:
    """Text by original; by (original, form) where there are plural forms."""
    found = gettext.translation("django", folder, [language])._catalog
    return {original: text for original, text in found.items() if original}


def words_on(page: HttpResponse) -> str:
    """What a page says, without its addresses and names of fields."""
    return strip_tags(
        re.sub(r"<(style|script).*?</\1>", "", page.content.decode(), flags=re.DOTALL)
    )


@pytest.fixture(params=LANGUAGES)
def language(request, client) -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = request.param
    return request.param


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_is_still_one_of_a_library(language):
    theirs = {}
    for library in (allauth, auth):
        theirs |= catalogue(Path(library.__file__).parent / "locale", "pl")
    assert set(catalogue(OURS, language)) - set(theirs) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_has_our_words_in_every_language(language):
    assert texts_of(catalogue(OURS, language)) == texts_of(catalogue(OURS, "pl"))


def texts_of(found: dict) -> set[str]:
    return {key if isinstance(key, str) else key[0] for key in found}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "Jesteś w portalu jako olga."),
        ("en", "You are logged in as olga."),
        ("uk", "Ви ввійшли як olga."),
    ],
)
def test_our_words_are_shown(language, words):
    with translation.override(language):
        said = translation.gettext("Successfully signed in as %(name)s.") % {"name": "olga"}
    assert said == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "Co najmniej 12 znaków"),
        ("en", "At least 12 characters"),
        ("uk", "Щонайменше 12 символів"),
    ],
)
def test_requirements_of_a_password_are_short(language, words):
    with translation.override(language):
        assert password_requirements()[0].text == words


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "/konto/haslo/",
        "/konto/haslo/wyslane/",
        "/konto/haslo/zmienione/",
        "/konto/logowanie/",
        "/konto/rejestracja/",
    ],
)
def test_a_page_of_the_library_speaks_like_the_portal(client, url, language):
    answer = client.get(url)
    assert answer.status_code == 200
    assert not re.search(FOREIGN[language], words_on(answer), re.IGNORECASE)


@pytest.mark.parametrize(
    "url",
    [
        "/konto/potwierdzenie/",
        "/konto/drugi-skladnik/",
        "/konto/drugi-skladnik/totp/activate/",
        "/konto/wylogowanie/",
    ],
)
def test_so_does_a_page_for_who_is_logged_in(client, operator, url, language):
    client.post("/konto/logowanie/", {"login": operator.username, "password": PASSWORD})
    client.post("/konto/potwierdzenie/", {"password": PASSWORD})
    answer = client.get(url)
    assert answer.status_code == 200
    assert not re.search(FOREIGN[language], words_on(answer), re.IGNORECASE)
