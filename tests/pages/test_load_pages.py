"""``load_pages``: what the file says is there, and what editors wrote stays."""

import pytest
from django.core.management import call_command

from pages.models import News, Question, QuestionGroup
from tests.people import person
from units.fixture_files import FixtureError

FILE = """
news:
  - code: nowy-most
    published_on: 2026-11-01
    expires_on: 2027-01-01
    is_pinned: true
    title: Nowy most
    lead: Jest most.
    body: Długi **most**.
    en: {title: New bridge, lead: A bridge., body: A long bridge.}
questions:
  - code: portal
    title: Portal
    en: The portal
    questions:
      - {code: po-co, published_on: 2026-11-01, title: "Po co?", body: Żeby działało.}
"""


@pytest.fixture
def load(db, tmp_path):
    def load_text(text: str = FILE) -> None:
        path = tmp_path / "pages.yaml"
        path.write_text(text)
        call_command("load_pages", path, verbosity=0)

    return load_text


def test_the_file_of_the_demo_is_loaded_whole(db):
    call_command("load_pages", verbosity=0)
    assert News.objects.exists()
    assert Question.objects.exists()


def test_texts_are_read_in_both_languages(load):
    load()
    news = News.objects.get()
    assert (news.title_pl, news.title_en, news.is_pinned) == ("Nowy most", "New bridge", True)
    assert QuestionGroup.objects.get().title_en == "The portal"
    assert Question.objects.get().group.code == "portal"


def test_a_second_load_changes_nothing(load):
    load()
    before = News.objects.get().updated_at
    load()
    assert News.objects.get().updated_at == before


def test_a_changed_file_is_taken_over(load):
    load()
    load(FILE.replace("Jest most.", "Są dwa mosty."))
    assert News.objects.get().lead_pl == "Są dwa mosty."


def test_what_an_editor_wrote_stays(load):
    load()
    News.objects.update(lead_pl="Moje słowa.", updated_by=person("renata"))
    load(FILE.replace("Jest most.", "Są dwa mosty."))
    assert News.objects.get().lead_pl == "Moje słowa."


def test_what_left_the_file_is_not_deleted(load):
    load()
    load(FILE.replace("nowy-most", "stary-most"))
    assert News.objects.count() == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("published_on: 2026-11-01\n    expires", "expires", "'published_on' is missing"),
        ("lead: A bridge., ", "", "'lead' is missing"),
        ("is_pinned: true", "is_pinned: tak", "'is_pinned' must be true or false"),
        ("title: Nowy most", "tytul: Nowy most", "'title' is missing"),
        ("code: nowy-most", "code: nowy most", "nowy most: code"),
        ("- {code: po-co", "- po co?\n      - {code: po-co", "must have named fields"),
    ],
)
def test_a_faulty_file_is_refused_with_the_row_and_nothing_is_loaded(load, old, new, said):
    with pytest.raises(FixtureError, match=said):
        load(FILE.replace(old, new, 1))
    assert not News.objects.exists()
