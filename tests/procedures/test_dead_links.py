"""Links of published cards are collected, asked now and then, and told of once a week."""

from datetime import timedelta

import pytest
from django.utils import timezone

from procedures.editing import dead_links
from procedures.editing.dead_links import check_due_links, collect_links, pause_links
from procedures.editing.drafting import begin_procedure
from procedures.editing.letters import remind_of_reviews, tell_editors
from procedures.models import OutsideLink
from tests.accounts.letters import letters_to, text_of
from tests.people import person
from tests.procedures.cards import make_card
from tests.procedures.test_states import written
from web.outside import Answer

pytestmark = pytest.mark.django_db
LAW = "https://isap.sejm.gov.pl/x"


@pytest.fixture
def world(monkeypatch):
    """Address → answer of the outside world; what is not named is fine. ``asked`` are the asked."""
    answers: dict[str, Answer] = {}
    answers_asked: list[str] = []

    def ask(url: str) -> Answer:
        answers_asked.append(url)
        return answers.get(url, Answer(200))

    monkeypatch.setattr(dead_links, "ask_address", ask)
    ask.answers, ask.asked = answers, answers_asked
    return ask


def urls() -> list[str]:
    return list(OutsideLink.objects.order_by("url").values_list("url", flat=True))


def make_due() -> None:
    OutsideLink.objects.update(due_at=timezone.now() - timedelta(hours=1))


def test_links_of_fields_and_of_markdown_are_collected_once():
    for _number in range(2):
        make_card(
            legal_bases=[("Ustawa", LAW)],
            online_url="https://gov.pl/a?b=1&c=2",
            handling="Zobacz [tu](https://lodz.pl/x#dalej), a nie `https://kod.pl`.",
        )
    assert collect_links() == 3
    assert urls() == ["https://gov.pl/a?b=1&c=2", LAW, "https://lodz.pl/x"]
    assert OutsideLink.objects.get(url=LAW).procedures.count() == 2


def test_links_of_drafts_and_of_what_is_gone_are_not_asked(editor):
    begin_procedure(written(online_url="https://draft.pl/"), by=editor)
    OutsideLink.objects.create(url="https://gone.pl/", due_at=timezone.now())
    collect_links()
    assert urls() == []


def test_an_address_is_dead_after_two_failures_and_lives_again(world):
    make_card(legal_bases=[("Ustawa", LAW)])
    collect_links()
    world.answers[LAW] = Answer(404)
    check_due_links()
    assert not OutsideLink.objects.dead().exists()
    make_due()
    check_due_links()
    assert OutsideLink.objects.dead().get().fault == "gone"
    world.answers[LAW] = Answer(200)
    make_due()
    check_due_links()
    assert not OutsideLink.objects.dead().exists()


@pytest.mark.parametrize("status", [200, 301, 401, 403, 405, 429])
def test_a_server_that_only_keeps_programs_out_is_no_dead_link(world, status):
    make_card(legal_bases=[("Ustawa", LAW)])
    collect_links()
    world.answers[LAW] = Answer(status)
    check_due_links()
    assert OutsideLink.objects.get().failures == 0


def test_one_address_of_a_host_is_asked_in_a_run(world):
    make_card(legal_bases=[("A", LAW), ("B", f"{LAW}2"), ("C", "https://other.pl/")])
    collect_links()
    assert check_due_links() == 2
    assert check_due_links() == 1
    assert check_due_links() == 0


def test_a_busy_host_is_left_alone_for_hours(world):
    make_card(legal_bases=[("A", LAW), ("B", f"{LAW}2")])
    collect_links()
    world.answers[LAW] = world.answers[f"{LAW}2"] = Answer(503)
    check_due_links()
    assert check_due_links() == 0
    assert OutsideLink.objects.filter(due_at__gt=timezone.now() + timedelta(hours=1)).count() == 2


def test_a_run_ends_with_its_time(world, monkeypatch):
    make_card(legal_bases=[("A", LAW)])
    collect_links()
    monkeypatch.setattr(dead_links, "_BUDGET", 0)
    assert check_due_links() == 0


def dead_card(**values):
    card = make_card(legal_bases=[("Ustawa", LAW)], **values)
    collect_links()
    OutsideLink.objects.update(failures=2, fault="gone")
    return card


def test_editors_are_told_once_a_week(editor):
    card = dead_card()
    monday = timezone.localdate()
    assert tell_editors(monday) == tell_editors(monday) == 1
    (letter,) = letters_to(editor.email)
    assert card.number in text_of(letter)
    assert LAW in text_of(letter)
    tell_editors(monday + timedelta(days=7))
    assert len(letters_to(editor.email)) == 2


def test_nothing_is_told_where_all_is_well(editor):
    make_card()
    assert tell_editors(timezone.localdate()) == 0


def test_a_card_is_paused_until_its_day(editor):
    card = dead_card()
    today = timezone.localdate()
    pause_links(card, until=today + timedelta(days=3), by=editor)
    assert tell_editors(today) == 0
    assert tell_editors(today + timedelta(days=4)) == 1


def test_the_keeper_is_reminded_once_of_a_review(editor):
    other = person("danuta", role="editor")
    day = timezone.localdate() + timedelta(days=10)
    make_card(review_by=day, keeper=other)
    remind_of_reviews(timezone.localdate())
    remind_of_reviews(timezone.localdate() + timedelta(days=1))
    assert len(letters_to(other.email)) == 1
    assert letters_to(editor.email) == []


def test_a_card_without_a_keeper_is_everybodys(editor):
    other = person("danuta", role="editor")
    make_card(review_by=timezone.localdate())
    make_card(review_by=timezone.localdate() + timedelta(days=60))
    remind_of_reviews(timezone.localdate())
    assert [len(letters_to(one.email)) for one in (editor, other)] == [1, 1]
