"""The editors' room of news and questions."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from pages.models import News, Question, QuestionGroup
from tests.pages.entries import ago, news, question

NEW = reverse("panel:new-entry", args=["aktualnosci"])
TEXT = {
    "title_pl": "Nowe godziny",
    "lead_pl": "Od jutra dłużej.",
    "body_pl": "Do **18**.",
    "code": "nowe-godziny",
    "seen_version": 0,
}


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def page_of(entry) -> str:
    kind = "aktualnosci" if isinstance(entry, News) else "pytania"
    return reverse("panel:entry", args=[kind, entry.pk])


def as_typed(entry: News, **changes) -> dict:
    return {
        "title_pl": entry.title_pl,
        "lead_pl": entry.lead_pl,
        "body_pl": entry.body_pl,
        "published_at": timezone.localtime(entry.published_at).strftime("%Y-%m-%dT%H:%M"),
        "seen_version": entry.version,
    } | changes


def test_a_draft_is_written_and_nobody_sees_it(desk, editor):
    assert desk.post(NEW, TEXT).status_code == 302
    entry = News.objects.get()
    assert (entry.state, entry.updated_by, entry.version) == ("draft", editor, 1)
    assert desk.get(entry.get_absolute_url()).status_code == 404
    assert AuditEntry.objects.get(action="entry_added").actor == editor


def test_one_press_publishes(desk):
    desk.post(NEW, TEXT | {"publish": "1"})
    assert "Nowe godziny" in desk.get(reverse("pages:news")).content.decode()


def test_a_text_may_come_out_later(desk, time_machine):
    later = timezone.localtime(timezone.now() + timedelta(hours=5))
    desk.post(NEW, TEXT | {"published_at": later.strftime("%Y-%m-%dT%H:%M")})
    assert News.objects.get().state == "scheduled"
    with time_machine(hours=6):
        assert News.objects.get().state == "published"


def test_a_preview_shows_safe_html_and_saves_nothing(desk):
    page = desk.post(NEW, TEXT | {"preview": "1", "body_pl": "Do **18**. <script>x()</script>"})
    article = page.content.decode().split("<article")[1].split("</article>")[0]
    assert "<strong>18</strong>" in article
    assert "<script" not in article
    assert not News.objects.exists()


def test_the_second_of_two_editors_sees_both_versions_and_overwrites_nothing(desk, editor):
    entry = news()
    desk.post(page_of(entry), as_typed(entry, title_pl="Pierwszy zapis"))
    answer = desk.post(page_of(entry), as_typed(entry, title_pl="Drugi zapis"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Pierwszy zapis" in page
    assert 'value="Drugi zapis"' in page
    assert News.objects.get().title_pl == "Pierwszy zapis"
    # The next press is made in the knowledge of both.
    version = answer.context["form"]["seen_version"].value()
    last = as_typed(entry, title_pl="Oba", seen_version=version)
    assert desk.post(page_of(entry), last).status_code == 302
    assert News.objects.get().title_pl == "Oba"


def test_a_new_text_at_an_address_that_is_taken_is_refused(desk):
    news("nowe-godziny")
    answer = desk.post(NEW, TEXT)
    assert answer.status_code == 400
    assert answer.context["form"].errors["code"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_pl": ""}, "title_pl"),
        ({"title_pl": "x" * 161}, "title_pl"),
        ({"body_pl": "x" * 20_001}, "body_pl"),
        ({"code": "nowe godziny"}, "code"),
        ({"title_en": "New hours"}, "body_en"),
        ({"published_at": "jutro"}, "published_at"),
        ({"published_at": "2026-02-02T10:00", "expires_at": "2026-02-01T10:00"}, "expires_at"),
        ({"seen_version": "x"}, "seen_version"),
        ({"seen_version": "99999999999"}, "seen_version"),
    ],
)
def test_bad_input_is_said_by_its_field_and_what_was_typed_stays(desk, changes, field):
    answer = desk.post(NEW, TEXT | changes)
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert "Do **18**." in answer.content.decode() or "body_pl" in changes
    assert not News.objects.exists()


def test_the_address_of_a_text_never_changes(desk):
    entry = news()
    desk.post(page_of(entry), as_typed(entry, code="inny"))
    assert News.objects.get().code == entry.code


def test_questions_are_written_in_groups(desk):
    assert (
        desk.post(
            reverse("panel:new-question-group"),
            {"title_pl": "Konto", "code": "konto", "position": 1},
        ).status_code
        == 302
    )
    group = QuestionGroup.objects.get(code="konto")
    values = {
        "title_pl": "Jak?",
        "body_pl": "Tak.",
        "code": "jak",
        "group": group.pk,
        "position": 1,
        "seen_version": 0,
        "publish": "1",
    }
    assert desk.post(reverse("panel:new-entry", args=["pytania"]), values).status_code == 302
    assert Question.objects.get().group == group
    assert "Jak?" in desk.get(reverse("pages:questions")).content.decode()


def test_the_list_shows_what_people_do_not_see(desk):
    news("szkic", title="Szkic", published_at=None)
    question("stare", title="Stare?", published_at=ago(days=2), expires_at=ago(days=1))
    lists = [desk.get(reverse("panel:entries", args=[kind])) for kind in ("aktualnosci", "pytania")]
    assert "Szkic" in lists[0].content.decode()
    assert "nieaktualne" in lists[1].content.decode()


def test_there_is_no_other_kind(desk):
    assert desk.get("/panel/redakcja/cokolwiek/").status_code == 404
