"""What somebody who types words may mean by them, in base forms."""

from dataclasses import dataclass, field

from districts.gazetteer import fold
from procedures.models import WordForm

from .lemmas import equals_of, is_polish, lemmas_of, lemmas_without_marks, root_of
from .typos import find_alike
from .words import split_words, words_of

_MOST_WORDS = 12
# How well another word stands for the one that was typed.
_EQUAL, _BEGUN, _TYPO = 0.85, 0.9, 0.9
_MOST_BEGUN = 40


@dataclass(slots=True)
class AskedWord:
    """A word as typed; ``lemmas``: what may be meant, with how well it fits (0 to 1); ``meant``:
    the nearest known word, where the typed one is not known.
    """

    typed: str
    lemmas: dict[str, float] = field(default_factory=dict)
    meant: str = ""

    def add(self, lemma: str, fits: float) -> None:
        lemma = lemma[:60]
        self.lemmas[lemma] = max(fits, self.lemmas.get(lemma, 0.0))


def read_query(text: str, *, is_being_typed: bool = False) -> list[AskedWord]:
    """The words of ``text`` that mean something, none twice. ``is_being_typed``: the last word may
    be only begun.
    """
    typed = list(dict.fromkeys(words_of(text) or split_words(text)))[:_MOST_WORDS]
    asked = {word: AskedWord(word) for word in typed}
    _read_known(asked)
    if is_being_typed and typed and split_words(text)[-1:] == typed[-1:]:
        _read_begun(asked[typed[-1]])
    _read_typos(asked)
    for word in asked.values():
        _widen(word)
    return list(asked.values())


def _read_known(asked: dict[str, AskedWord]) -> None:
    """By the forms of the words of all cards: so a word without its diacritics gets them back. A
    form as it was typed goes before those that only look like it.
    """
    by_folded: dict[str, list[WordForm]] = {}
    folded = {word: fold(word) for word in asked}
    for row in WordForm.objects.filter(folded__in=set(folded.values())):
        by_folded.setdefault(row.folded, []).append(row)
    for word, one in asked.items():
        rows = by_folded.get(folded[word], [])
        exact = [row for row in rows if row.form == word]
        for row in exact or rows:
            one.add(row.lemma, 1.0)


def _read_begun(word: AskedWord) -> None:
    """Words that begin with the letters typed so far."""
    begun = WordForm.objects.filter(folded__startswith=fold(word.typed))
    for lemma in begun.order_by("lemma").values_list("lemma", flat=True).distinct()[:_MOST_BEGUN]:
        word.add(lemma, _BEGUN)


def _read_typos(asked: dict[str, AskedWord]) -> None:
    unknown = [word for word, one in asked.items() if not one.lemmas]
    for word in unknown:
        for lemma in lemmas_of(word) if is_polish(word) else lemmas_without_marks(word):
            asked[word].add(lemma, 1.0)
    strange = [word for word in unknown if not asked[word].lemmas and not word.isdigit()]
    for word, found in find_alike(strange).items():
        # Of those that are as near, the same one each time.
        asked[word].meant = min(found)[0]
        for _form, lemma in found:
            asked[word].add(lemma, _TYPO)


def _widen(word: AskedWord) -> None:
    """With words for the same thing, and with words of the same root."""
    for lemma, fits in list(word.lemmas.items()):
        for other in equals_of(lemma):
            word.add(other, fits * _EQUAL)
        if root := root_of(lemma):
            word.add(f"~{root}", fits)
