"""Our own Polish texts stay plain, and what measures them sees what is hard to read."""

from io import StringIO

import pytest
from django.core.management import call_command

from web.plain_words.measuring import Measured
from web.plain_words.office_words import REASONS, reason_to_keep
from web.plain_words.texts import own_texts

# Bounds: no sentence is longer, and of whole sentences at most this share is in passive voice.
MOST_WORDS = 22
MOST_PASSIVE = 0.01


@pytest.fixture(scope="module")
def ours():
    return [(where, Measured(text)) for where, text in own_texts()]


def test_no_sentence_of_ours_is_long(ours):
    long = [
        f"{where}: {sentence.words} words: {sentence.text}"
        for where, text in ours
        for sentence in text.sentences
        if sentence.words > MOST_WORDS
    ]
    assert long == []


def test_no_word_of_offices_is_ours_without_a_reason(ours):
    found = [
        f"{where}: {', '.join(text.office_words)}: {text.text}"
        for where, text in ours
        if text.office_words and not reason_to_keep(text.text)
    ]
    assert found == []


def test_passive_voice_is_rare(ours):
    whole = [one for _where, text in ours for one in text.sentences if one.is_whole]
    passive = [one.text for one in whole if one.passives]
    assert len(passive) / len(whole) <= MOST_PASSIVE, "\n".join(passive)


def test_every_reason_is_for_a_text_that_is_still_there(ours):
    kept = "\n".join(text.text for _where, text in ours)
    assert [part for part in REASONS if part not in kept] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Przyjdź do nas. Weź dowód.", [3, 2]),
        ("Czekamy przy ul. Piotrkowskiej 110.", [5]),
        ("Kosztuje 22 zł. Zapłać w kasie.", [3, 3]),
        ("- jeden kosz\n- dwa kosze bez pokrywy", [2, 4]),
        ("Zobacz [kartę o dowodzie](/procedury/KA-00001/).", [4]),
        ("Numer %(number)s jest **ważny**.", [4]),
        ("Co teraz? „Nic” – mówi urząd.", [2, 3]),
    ],
)
def test_sentences_are_told_apart(text, words):
    assert [sentence.words for sentence in Measured(text).sentences] == words


@pytest.mark.parametrize(
    "text",
    [
        "Zgłoszenie zostało przekazane do jednostki.",
        "Wniosek był już raz złożony.",
        "Po zmianie adresu wysłano nową wiadomość.",
    ],
)
def test_passive_voice_is_seen(text):
    assert Measured(text).passives


@pytest.mark.parametrize(
    "text",
    [
        "Przekazaliśmy zgłoszenie do jednostki miasta.",
        "Konto jest już od dawna zamknięte.",
        "Dodano wierzchołek",
        "Rano lód był bardzo śliski.",
    ],
)
def test_plain_voice_is_left_alone(text):
    assert Measured(text).passives == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Należy uiścić opłatę.", "uiścić"),
        ("W przypadku pytań zadzwoń.", "w przypadku"),
        ("Decyzja przedmiotowego organu", "przedmiotowego"),
    ],
)
def test_words_of_offices_are_seen_in_any_form(text, word):
    assert word in Measured(text).office_words


@pytest.mark.parametrize(
    "text", ["Teren należy do miasta.", "Bądź przy oględzinach.", "organizacja", "z tytułem"]
)
def test_the_same_letters_in_another_meaning_are_no_words_of_offices(text):
    assert Measured(text).office_words == []


def test_a_harder_text_has_more_points():
    plain = Measured("Zapłać w kasie.")
    hard = Measured("Opłata winna zostać uiszczona niezwłocznie.")
    assert plain.hardness < hard.hardness


def test_our_texts_are_read_and_law_translations_and_residents_words_are_not(ours):
    read = "\n".join(text.text for _where, text in ours)
    assert {where.split("/")[0] for where, _text in ours} == {"locale", "web", "fixtures"}
    assert "Zrób zdjęcie do dowodu" in read
    assert "Identity card" not in read
    assert "nie rozpoczyna postępowania" not in read
    assert "Głęboka dziura na prawym pasie" not in read


def test_the_report_gives_figures_and_the_worst_texts():
    printed = StringIO()
    call_command("measure_words", worst=3, stdout=printed)
    assert "words in a sentence" in printed.getvalue()
    assert "The worst 3:" in printed.getvalue()
