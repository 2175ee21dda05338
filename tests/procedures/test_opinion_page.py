"""A lawyer without an account reads a card by a secret link, and only a press answers."""

import pytest
from django.test import Client

from procedures.contents import GivenDocument
from procedures.editing.drafting import begin_procedure, save_draft
from procedures.editing.publishing import send_to_review
from procedures.editing.review_links import make_review_link
from tests.procedures.cards import make_file
from tests.procedures.test_states import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(editor):
    version = begin_procedure(written(handling="Treść do opinii."), by=editor)
    send_to_review(version, edits=0, by=editor)
    return version


@pytest.fixture
def page(version, editor):
    _link, key = make_review_link(version, edits=0, name="mec. Anna Prawo", days=7, by=editor)
    return f"/opinia/{key}/"


def test_reading_does_nothing(client, page, version):
    for ask in (client.get, client.head):
        assert ask(page).status_code == 200
    version.refresh_from_db()
    assert version.approved_by == ""
    assert "Treść do opinii." in client.get(page).content.decode()


def test_the_templates_of_the_version_can_be_downloaded(client, editor):
    file = make_file("wniosek.odt")
    documents = (GivenDocument("required", "Wniosek", template=file),)
    version = begin_procedure(written(documents=documents), by=editor)
    send_to_review(version, edits=0, by=editor)
    _link, key = make_review_link(version, edits=0, name="mec. Anna", days=7, by=editor)
    url = f"/opinia/{key}/pliki/{file.pk}/wniosek.odt"
    html = client.get(f"/opinia/{key}/").content.decode()
    assert url in html
    assert "(ODT, 13\xa0bajtów)" in html
    answer = client.get(url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    other = make_file("inny.odt", b"inny")
    assert client.get(f"/opinia/{key}/pliki/{other.pk}/inny.odt").status_code == 404


def test_no_one_keeps_or_indexes_the_page(client, page):
    answer = client.get(page)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_press_approves(client, page, version):
    assert "Zgoda jest zapisana" in client.post(page, {"answer": "approve"}).content.decode()
    version.refresh_from_db()
    assert version.approved_by == "mec. Anna Prawo"
    assert client.post(page, {"answer": "send-back", "note": "x"}).status_code == 410


def test_remarks_need_a_sentence(client, page, version):
    answer = client.post(page, {"answer": "send-back", "note": ""})
    assert answer.status_code == 400
    assert "co poprawić" in answer.content.decode()
    client.post(page, {"answer": "send-back", "note": "Zła podstawa prawna."})
    version.refresh_from_db()
    assert version.review_since is None


def test_a_closed_link_shows_no_text(client, page, version, editor):
    save_draft(version, written(handling="Nowa tajna treść."), edits=0, by=editor)
    answer = client.get(page)
    assert answer.status_code == 410
    assert "tajna" not in answer.content.decode()
    assert client.post(page, {"answer": "approve"}).status_code == 410


@pytest.mark.parametrize("key", ["x", "ą" * 50, "a" * 3000])
def test_a_wrong_key_opens_nothing(client, key):
    assert client.get(f"/opinia/{key}/").status_code in (404, 414)


def test_another_word_answers_nothing(client, page, version):
    assert client.post(page, {"answer": "delete"}).status_code == 400


def test_a_form_without_its_token_is_shown_again(page, version):
    answer = Client(enforce_csrf_checks=True).post(
        page, {"answer": "approve", "note": "moje słowa"}
    )
    assert answer.status_code == 403
    assert "moje słowa" in answer.content.decode()
    version.refresh_from_db()
    assert version.approved_by == ""
