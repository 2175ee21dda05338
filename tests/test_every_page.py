"""What every page has, at every address of the access matrix that answers HTML."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.urls import reverse

from tests import test_access_matrix
from tests.test_access_matrix import ROWS, log_in

words = test_access_matrix.words
# Django's own pages have their own frame; a map that stands in somebody else's page has theirs.
OTHER_FRAME = {"admin:index", "maps:embedded"}
# What stands at the top, without a page above it.
TOP = {"home"}
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def faults_of(name: str, page: str) -> list[str]:
    titles = TITLE.findall(page)
    title = unescape(titles[0]) if titles else ""
    has = {
        "language": '<html lang="pl">' in page,
        "skip link": 'class="skip-link" href="#tresc"' in page and '<main id="tresc"' in page,
        "breadcrumbs": name in TOP or 'class="wrap crumbs"' in page,
        "one title": len(titles) == 1,
        "a title that says where one is": title.endswith(f" – {settings.CITY_PORTAL_NAME}"),
        "one first heading": len(re.findall(r"<h1[ >]", page)) == 1,
        "light, dark and print": "build/portal." in page and 'content="light dark"' in page,
        "a picture for links": 'property="og:image" content="http' in page,
        "an icon": "favicon" in page,
        "a description": '<meta name="description" content="' in page,
    }
    return [fault for fault, is_there in has.items() if not is_there]


@pytest.mark.parametrize("person", ["anonymous", "resident", "administrator"])
def test_every_page_has_its_frame(person, request, client, words):
    found, tried = {}, 0
    log_in(client, request, person)
    for name, (method, parameters, statuses) in ROWS.items():
        # Reading may end the log-in (of the log-out page) or need it once more.
        if method != "get" or statuses[person] != 200 or name in OTHER_FRAME:
            continue
        kwargs = {key: words.get(word, word) for key, word in parameters.items()}
        answer = client.get(reverse(name, kwargs=kwargs))
        if answer.get("Content-Type", "").startswith("text/html"):
            tried += 1
            if faults := faults_of(name, answer.content.decode()):
                found[name] = faults
    assert tried > 10
    assert found == {}


def test_two_pages_never_have_the_same_title(client, words):
    titles: dict[str, list[str]] = {}
    for name, (method, parameters, statuses) in ROWS.items():
        if method != "get" or statuses["anonymous"] != 200 or name in OTHER_FRAME:
            continue
        kwargs = {key: words.get(word, word) for key, word in parameters.items()}
        answer = client.get(reverse(name, kwargs=kwargs))
        if answer.get("Content-Type", "").startswith("text/html"):
            titles.setdefault(TITLE.findall(answer.content.decode())[0], []).append(name)
    # What is in force has an address of its own and that of its version; the form has a shell.
    for title in list(titles):
        names = [name for name in titles[title] if not name.startswith("regulations:")]
        # The pages on which a password is set anew are steps of one thing.
        names = [name for name in names if not name.startswith("account_reset_password_")]
        if len(set(names) - {"reports:new-shell", "catalogue:annex"}) < 2:
            del titles[title]
    assert titles == {}
