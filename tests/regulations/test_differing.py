"""What changed between two versions, by paragraph and by word."""

import pytest
from hypothesis import given
from hypothesis.strategies import lists, sampled_from

from regulations.differing import differences_between, paragraphs, plain_text

OLD = "## 1. Kto\n\nPortal prowadzi **urząd**.\n\n- pierwszy\n- drugi\n\nTo zniknie całkiem."
NEW = "## 1. Kto\n\nPortal prowadzi **miasto**.\n\n- pierwszy\n- drugi\n- trzeci"


def compared(old: str, new: str) -> list[tuple[str, list[tuple[str, str]]]]:
    rows = differences_between(old, new)
    return [(row.kind, [(piece.kind, piece.text) for piece in row.pieces]) for row in rows]


def test_words_are_compared_where_a_paragraph_changed():
    rows = dict(compared(OLD, NEW)[:2][1:])
    assert rows["changed"] == [
        ("same", "Portal prowadzi"),
        ("removed", "urząd."),
        ("added", "miasto."),
    ]


def test_another_paragraph_is_not_called_a_change():
    kinds = [kind for kind, _pieces in compared(OLD, NEW)]
    assert kinds == ["same", "changed", "same", "same", "removed", "added"]
    assert differences_between(OLD, NEW)[0].is_heading
    assert [row.number for row in differences_between(OLD, NEW)] == [0, 1, 0, 0, 2, 3]


def test_the_same_text_has_no_changes():
    assert {row.kind for row in differences_between(OLD, OLD)} == {"same"}


WORDS = sampled_from(["kot", "pies", "- las", "## dom", "", "| a | b |", "[x](http://y)"])


@given(lists(WORDS, max_size=12), lists(WORDS, max_size=12))
def test_both_texts_can_be_read_out_of_it(before, after):
    old, new = "\n".join(before), "\n".join(after)
    rows = differences_between(old, new)

    def side(gone: str) -> list[str]:
        texts = [" ".join(piece.text for piece in row.pieces if piece.kind != gone) for row in rows]
        return " ".join(texts).split()

    assert side("removed") == " ".join(map(plain_text, paragraphs(new))).split()
    assert side("added") == " ".join(map(plain_text, paragraphs(old))).split()


@pytest.mark.django_db
def test_the_page_says_it_in_words(client):
    page = client.get("/regulamin/1.1/zmiany/1.0/").text
    assert "dodano:" in page
    assert "<ins>" in page
    assert 'href="#zmiana-1"' in page
    assert "/regulamin/1.1/zmiany/1.0/" in client.get("/regulamin/1.1/").text
    assert client.get("/regulamin/1.1/zmiany/7.7/").status_code == 404


@pytest.mark.django_db
def test_a_text_does_not_differ_from_itself(client):
    assert "Treść jest taka sama" in client.get("/regulamin/1.1/zmiany/1.1/").text
