"""The published texts: anybody can read them, and nobody can change them."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from regulations.models import Kind, Version
from web.markdown import render_markdown

pytestmark = pytest.mark.django_db
HEAD = (
    "---\nkind: rules\nnumber: '9.0'\ntitle: Regulamin\npublished_at: {}\nin_force_from: {}\n---\n"
)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/regulamin/", "Wersja 2.0, opublikowana"),
        ("/klauzula-informacyjna/", "iod@uml.lodz.pl"),
        ("/deklaracja-dostepnosci/", "4 kwietnia 2019"),
    ],
)
def test_the_text_in_force_is_shown(client, url, words):
    page = client.get(url)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert 'class="print-only every-page"' in page.content.decode()


@pytest.mark.parametrize(("language", "name"), [("pl", "Regulamin 2.0"), ("en", "Rules 2.0")])
def test_a_version_has_its_name_in_the_readers_language(language, name):
    with override(language):
        assert str(Version.objects.in_force(Kind.RULES)) == name


def test_an_earlier_version_says_that_it_is_past(client):
    page = client.get("/regulamin/1.0/").content.decode()
    assert "archiwalna" in page
    assert "2 marca 2025" in page


def test_an_unknown_version_is_not_found(client):
    assert client.get("/regulamin/7.7/").status_code == 404


def test_a_draft_is_shown_to_nobody(client):
    make(number="8.0", published_at=None)
    assert client.get("/regulamin/8.0/").status_code == 404
    assert Version.objects.in_force(Kind.RULES).number == "2.0"


def test_a_coming_version_is_announced_but_does_not_bind(client):
    make(number="8.0", in_force_from=timezone.now() + timedelta(days=14))
    assert Version.objects.in_force(Kind.RULES).number == "2.0"
    assert "zacznie obowiązywać" in client.get("/regulamin/8.0/").content.decode()


def test_a_published_version_cannot_be_changed():
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(kind=Kind.RULES).update(body="inne")


def test_a_published_version_cannot_be_deleted():
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(number="1.1").delete()


def test_a_draft_can_be_changed_and_deleted():
    draft = make(number="8.0", published_at=None)
    draft.body = "inne"
    draft.save()
    draft.delete()


def test_loading_again_publishes_nothing(capsys):
    call_command("load_regulations", "--dry-run")
    assert "0 texts would be published" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no head", "must begin with a head"),
        (HEAD.format("2026-01-02", "2026-01-01") + "x", "before it is published"),
        (HEAD.format("soon", "2026-01-01") + "x", "published_at"),
        (HEAD.format("2026-01-01", "2026-01-01"), "empty"),
        (HEAD.format("2026-01-01", "2026-01-01") + "$CITY_MAYOR", "no setting of the city"),
        (HEAD.format("2026-01-01", "2026-01-01") + "5 $ a day", "a dollar is written"),
        (HEAD.format("2026-01-01", "2026-01-01").replace("9.0", "1.1") + "x", "never changes"),
    ],
)
def test_a_wrong_file_is_refused_with_a_reason(tmp_path, text, message):
    (tmp_path / "text.md").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        call_command("load_regulations", str(tmp_path), verbosity=0)


def test_the_clause_takes_the_facts_of_the_city_from_the_settings(settings, tmp_path):
    settings.CITY_CONTROLLER = "Burmistrz Miasteczka, ul. Cicha 1"
    settings.CITY_DPO_EMAIL = "iod@miasteczko.example"
    clause = settings.BASE_DIR / "fixtures" / "regulations" / "clause-2.0.md"
    text = clause.read_text(encoding="utf-8").replace('"2.0"', '"3.0"').replace("2025-", "2026-")
    (tmp_path / "clause.md").write_text(text, encoding="utf-8")
    call_command("load_regulations", str(tmp_path), verbosity=0)
    body = Version.objects.get(kind=Kind.CLAUSE, number="3.0").body
    assert "Administratorem danych jest Burmistrz Miasteczka, ul. Cicha 1." in body
    assert "iod@miasteczko.example" in body


def test_other_facts_change_no_published_text_and_are_pointed_out(settings, capsys):
    settings.CITY_EMAIL = "nowy@miasteczko.example"
    before = set(Version.objects.values_list("kind", "number", "body"))
    call_command("load_regulations")
    printed = capsys.readouterr()
    assert "clause 2.0 names what the settings of the city held" in printed.err
    assert "0 texts were published" in printed.out
    assert set(Version.objects.values_list("kind", "number", "body")) == before


def test_markdown_is_rendered_without_anything_that_runs():
    html = render_markdown("## A\n\n<script>x</script> [b](javascript:x) [c](/zalacznik/) **d**")
    assert "<h2>A</h2>" in html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert 'href="/zalacznik/"' in html
    assert "<strong>d</strong>" in html


def make(**changes) -> Version:
    now = timezone.now()
    values = {"kind": Kind.RULES, "title": "R", "body": "b", "published_at": now}
    return Version.objects.create(**values | {"in_force_from": now} | changes)
