"""Convenience translations of the texts: shown to readers of the language, and marked as such."""

import re

import pytest
from django.core.management import CommandError, call_command

from catalogue.annex.publishing import translate_annex
from regulations.models import Kind, Translation, Version

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "uk")
HEAD = "---\nkind: rules\nnumber: '2.0'\ntitle: Rules\n---\n"
BINDS = {"en": "The Polish text is binding", "uk": "Чинним є польський текст"}


def shape(body: str) -> list[str]:
    """What kind of line stands where: headings, items with their numbers, rows of tables."""
    marks = re.findall(r"^(#+|\d+\.|-|\||\*(?!\*)|\S)", body, re.MULTILINE)
    return ["text" if re.fullmatch(r"[^#|\d*-].*", mark) else mark for mark in marks]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_what_is_in_force_is_translated_line_by_line(kind, language):
    version = Version.objects.in_force(kind)
    translation = version.translations.get(language=language)
    assert shape(translation.body) == shape(version.body)


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_get_their_language_and_are_told_what_binds(client, language):
    client.cookies["jezyk"] = language
    page = client.get("/regulamin/").content.decode()
    assert BINDS[language] in page
    assert f'<article class="prose" lang="{language}">' in page
    assert 'href="?tekst=pl"' in page


def test_the_polish_text_is_one_press_away(client):
    client.cookies["jezyk"] = "en"
    page = client.get("/regulamin/?tekst=pl").content.decode()
    assert '<article class="prose" lang="pl">' in page
    assert "Show the translation" in page


def test_a_version_without_a_translation_is_polish_and_says_so(client):
    client.cookies["jezyk"] = "en"
    page = client.get("/regulamin/1.0/").content.decode()
    assert '<article class="prose" lang="pl">' in page


def test_in_polish_nothing_is_said_of_translations(client):
    page = client.get("/regulamin/").content.decode()
    assert "tłumaczenie" not in page.split("<main")[1].split("</main>")[0]


def test_the_text_behind_the_consent_box_is_in_the_readers_language(client):
    client.cookies["jezyk"] = "en"
    form = client.get("/kontakt/").content.decode()
    url = re.search(r'href="([^"]*klauzula[^"]*)" target="_blank"', form)[1]
    assert "Data protection notice" in client.get(url).content.decode()


def test_a_translation_may_be_corrected_and_a_second_load_changes_nothing(tmp_path, capsys):
    (tmp_path / "en").mkdir()
    (tmp_path / "rules.md").write_text(
        "---\nkind: rules\nnumber: '9.9'\ntitle: R\npublished_at: 2026-01-01\n"
        "in_force_from: 2026-01-02\n---\nTreść.\n"
    )
    (tmp_path / "en" / "rules-2.0.md").write_text(HEAD + "Write to ${CITY_EMAIL}.\n")
    call_command("load_regulations", tmp_path)
    found = Translation.objects.get(version__number="2.0", version__kind="rules", language="en")
    assert found.body == "Write to lckm@uml.lodz.pl.\n"
    capsys.readouterr()
    call_command("load_regulations", tmp_path)
    assert "0 translated" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (HEAD.replace("2.0", "7.7"), "no such version"),
        (HEAD.replace("title: Rules\n", ""), "must have exactly"),
        (HEAD.replace("kind: rules", "kind: law"), "unknown kind"),
    ],
)
def test_a_faulty_translation_is_refused(tmp_path, head, said):
    (tmp_path / "en").mkdir()
    (tmp_path / "rules.md").write_text(
        "---\nkind: rules\nnumber: '9.9'\ntitle: R\npublished_at: 2026-01-01\n"
        "in_force_from: 2026-01-02\n---\nTreść.\n"
    )
    (tmp_path / "en" / "x.md").write_text(head + "Text.\n")
    with pytest.raises(CommandError, match=said):
        call_command("load_regulations", tmp_path)
    assert not Version.objects.filter(number="9.9").exists()


def test_the_annex_is_translated_when_it_is_published(client):
    version = Version.objects.in_force(Kind.ANNEX)
    Translation.objects.filter(version=version).delete()
    translate_annex(version)
    client.cookies["jezyk"] = "en"
    page = client.get(f"/zalacznik/{version.number}/").content.decode()
    assert "Pothole" in page or "pothole" in page
