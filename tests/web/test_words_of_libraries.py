"""Our Polish words for texts of libraries stand before theirs, and fit the version installed."""

import gettext
import re
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.utils import translation

from tests.people import PASSWORD

OURS = Path(settings.LOCALE_PATHS[1])
# Left from a translation by machine or from another register than the portal's.
FOREIGN = re.compile(
    r"uwierzyteln|[Aa]utoryzac|zresetow|Zapomniałeś|pewn[yi]\b|dezaktyw", re.IGNORECASE
)


def catalogue(folder: Path) -> dict:
    """Text by original; by (original, form) where there are plural forms."""
    found = gettext.translation("django", folder, ["pl"])._catalog
    return {original: text for original, text in found.items() if original}


def test_each_text_is_still_one_of_the_library():
    theirs = catalogue(Path(allauth.__file__).parent / "locale")
    assert set(catalogue(OURS)) - set(theirs) == set()


def test_our_words_are_shown():
    with translation.override("pl"):
        assert translation.gettext("Two-Factor Authentication") == "Drugi składnik logowania"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    ["/konto/haslo/", "/konto/haslo/wyslane/", "/konto/haslo/zmienione/", "/konto/logowanie/"],
)
def test_a_page_of_the_library_speaks_like_the_portal(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    assert not FOREIGN.search(answer.content.decode())


@pytest.mark.parametrize(
    "url",
    [
        "/konto/potwierdzenie/",
        "/konto/drugi-skladnik/",
        "/konto/drugi-skladnik/totp/activate/",
        "/konto/wylogowanie/",
    ],
)
def test_so_does_a_page_for_who_is_logged_in(client, operator, url):
    client.post("/konto/logowanie/", {"login": operator.username, "password": PASSWORD})
    client.post("/konto/potwierdzenie/", {"password": PASSWORD})
    answer = client.get(url)
    assert answer.status_code == 200
    assert not FOREIGN.search(answer.content.decode())
