"""What was searched and not found is listed for editors, and tells nothing of a person."""

import pytest

from procedures.models import MissedQuery
from procedures.search.missed import erase_missed, is_personal, note_missed

pytestmark = pytest.mark.django_db


def search_on(days: range, text: str, time_machine) -> None:
    for day in days:
        with time_machine(days=day):
            note_missed(text)


def shown() -> list[str]:
    return list(MissedQuery.objects.exclude(text="").values_list("text", flat=True))


def test_words_are_shown_once_they_were_searched_on_three_days(time_machine):
    search_on(range(2), "Hulajnoga na minuty", time_machine)
    assert shown() == []
    search_on(range(2, 4), "hulajnoga NA minuty!", time_machine)
    assert shown() == ["hulajnoga na minuty"]
    assert MissedQuery.objects.get().days == 4


def test_a_day_counts_once():
    for _ in range(5):
        note_missed("hulajnoga")
    assert MissedQuery.objects.get().days == 1


def test_until_then_the_words_stand_nowhere():
    note_missed("hulajnoga")
    row = MissedQuery.objects.get()
    assert row.text == ""
    assert "hulajnoga" not in row.mark


@pytest.mark.parametrize(
    "text",
    [
        "jan kowalski",
        "maria",
        "anna nowak zasiłek",
        "ktos@example.org",
        "44051401359",
        "440 514 01 359",
        "42 638 44 44",
        "600-100-200",
    ],
)
def test_what_may_name_somebody_is_not_even_counted(text, time_machine):
    assert is_personal(text)
    search_on(range(4), text, time_machine)
    assert not MissedQuery.objects.exists()


@pytest.mark.parametrize("text", ["wilk", "800 plus", "zasiłek", "hulajnoga"])
def test_ordinary_words_are_not_personal(text):
    assert not is_personal(text)


def test_whole_sentences_are_not_kept():
    note_missed("mój sąsiad z trzeciego piętra od wczoraj strasznie hałasuje")
    assert not MissedQuery.objects.exists()


def test_words_that_nobody_searches_any_more_are_forgotten(settings, time_machine):
    search_on(range(3), "hulajnoga", time_machine)
    with time_machine(days=settings.MISSED_QUERY_DAYS):
        erase_missed()
    assert shown() == ["hulajnoga"]
    with time_machine(days=settings.MISSED_QUERY_DAYS + 3):
        erase_missed()
    assert not MissedQuery.objects.exists()


def test_the_page_notes_what_it_does_not_find(client):
    client.get("/procedury/", {"q": "hulajnoga"})
    assert MissedQuery.objects.count() == 1
    # A filter may be why nothing is found.
    client.get("/procedury/", {"q": "fajerwerki", "temat": "dokumenty"})
    assert MissedQuery.objects.count() == 1
