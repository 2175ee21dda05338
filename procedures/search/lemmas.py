"""Base forms and all forms of Polish words, by Morfeusz 2 and its dictionary."""

from functools import cache, lru_cache
from itertools import combinations, product
from pathlib import Path
from threading import local
from typing import Any

import yaml

from districts.gazetteer import fold

from .words import LONGEST

_LEAST_ROOT = 5
# Endings by which Polish makes nouns and adjectives of verbs and of one another, longest first;
# without diacritics.
_ENDINGS = (
    *("owywanie", "izacja", "yzacja", "owanie", "alnosc", "ywanie", "iwanie", "owiec", "owany"),
    *("acyjny", "acja", "ywac", "iwac", "owac", "anie", "enie", "iony", "alny", "acje"),
    *("nosc", "osc", "arz", "owy", "ski", "cki", "czy", "cja", "any", "ony", "jny", "nik"),
    *("nka", "ac", "ic", "yc", "ec", "ek", "ka", "ko", "ny", "ni", "wy", "cie", "a", "e", "o", "y"),
)
_PREFIXES = ("prze", "przy", "roz", "pod", "nad", "wy", "za", "po", "od", "do", "na")
# A word in which more marks are missing is left to the look for typing errors; so is one with more
# places for them, which would take long.
_MOST_MARKS, _MOST_PLACES = 3, 12
_MARKED = {"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "żź"}
_of_thread = local()


def _morfeusz() -> Any:
    # Imported here because its dictionary takes memory that only searching and indexing need. One
    # for each thread: an instance must not be used by two at once.
    if not hasattr(_of_thread, "morfeusz"):
        import morfeusz2

        _of_thread.morfeusz = morfeusz2.Morfeusz(generate=True)
    return _of_thread.morfeusz


@lru_cache(maxsize=20_000)
def lemmas_of(word: str) -> frozenset[str]:
    """The base forms that ``word`` (small letters) may have, itself if the dictionary has none."""
    found = _known_lemmas(word)
    return found or frozenset({word})


def is_polish(word: str) -> bool:
    """Whether the dictionary has ``word``, with these diacritics."""
    return bool(_known_lemmas(word))


@lru_cache(maxsize=20_000)
def _known_lemmas(word: str) -> frozenset[str]:
    edges = [edge for edge in _morfeusz().analyse(word) if edge[2][2] != "ign"]
    last = max((edge[1] for edge in edges), default=0)
    # "zgubiłem" is taken apart into the past form of a verb and its ending; of other words only
    # what stands for the whole word is its base form.
    return frozenset(
        edge[2][1].partition(":")[0].lower()[:LONGEST]
        for edge in edges
        if edge[0] == 0 and (edge[1] == last or edge[2][2].startswith("praet"))
    )


@lru_cache(maxsize=20_000)
def lemmas_without_marks(word: str) -> frozenset[str]:
    """Base forms of the Polish words that ``word`` is without some of their diacritics: of
    "zgubilem" that of "zgubiłem". Those with the fewest marks are meant; empty if there is none.
    """
    places = [place for place, letter in enumerate(word) if letter in _MARKED]
    if len(places) > _MOST_PLACES:
        return frozenset()
    for marks in range(1, min(len(places), _MOST_MARKS) + 1):
        found: set[str] = set()
        for chosen in combinations(places, marks):
            for letters in product(*(_MARKED[word[place]] for place in chosen)):
                marked = list(word)
                for place, letter in zip(chosen, letters, strict=True):
                    marked[place] = letter
                found |= _known_lemmas("".join(marked))
        if found:
            return frozenset(found)
    return frozenset()


def is_name_of_person(word: str) -> bool:
    """Whether ``word`` is a first name, or nothing but a surname."""
    kinds = [set(edge[2][3]) for edge in _morfeusz().analyse(word)]
    is_surname = [bool(kind & {"nazwisko", "nazwisko_patronimiczne"}) for kind in kinds]
    return any("imię" in kind for kind in kinds) or (bool(kinds) and all(is_surname))


def forms_of(lemma: str) -> frozenset[str]:
    """Every form of ``lemma`` in small letters; itself alone if the dictionary has none."""
    rows = _morfeusz().generate(lemma)
    made = {form.lower() for form, _lemma, tag, *_rest in rows if _is_asked(tag)}
    return frozenset(form for form in made if " " not in form and len(form) <= LONGEST) | {lemma}


def _is_asked(tag: str) -> bool:
    # Negated participles and degrees of comparison triple the forms, and nobody searches by them.
    return not tag.endswith(":neg") and not tag.endswith((":com", ":sup")) and tag != "ign"


@lru_cache(maxsize=20_000)
def root_of(lemma: str) -> str:
    """What ``lemma`` has in common with words made of it or from which it is made: "rejestr" of
    "rejestracja", "rejestrować" and "zarejestrować". Empty for a word too short for that.
    """
    folded = fold(lemma)
    for prefix in _PREFIXES:
        rest = lemma[len(prefix) :]
        is_verb = lemma.endswith("ć") and len(rest) > _LEAST_ROOT
        # A prefix is one where a verb remains without it.
        if is_verb and folded.startswith(prefix) and rest in _known_lemmas(rest):
            folded = fold(rest)
            break
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= _LEAST_ROOT:
            return folded.removesuffix(ending)
    return folded if len(folded) >= _LEAST_ROOT else ""


@cache
def _equal_words() -> dict[str, frozenset[str]]:
    groups = yaml.safe_load(Path(__file__).with_name("equal_words.yaml").read_text())
    found: dict[str, set[str]] = {}
    for group in groups:
        lemmas = {lemma for word in group for lemma in lemmas_of(word)}
        for lemma in lemmas:
            found.setdefault(lemma, set()).update(lemmas - {lemma})
    return {lemma: frozenset(others) for lemma, others in found.items()}


def equals_of(lemma: str) -> frozenset[str]:
    """Base forms of other words for the same thing, official and ordinary ones."""
    return _equal_words().get(lemma, frozenset())
