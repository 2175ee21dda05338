"""Words of a text: taken apart, without diacritics, without those that mean nothing alone."""

import re
import unicodedata

from districts.gazetteer import fold

LONGEST = 60
_WORD = re.compile(r"[^\W_]+")
# They hold the sentence of a question together and say nothing of the matter.
_EMPTY = frozenset(
    """
    a aby albo ale ani az bardzo bez bo by byc byl bylo chce chcialbym chcialabym ci co cos czy
    czym czyli dla do dlaczego gdy gdzie go i ich ile im in inny ja jak jaka jaki jakie jakies
    jako je jego jej jest jesli jestem jezeli juz kiedy kto ktora ktore ktory ma mam mamy mi mial
    mialem miec mnie moge mogl mogla moj moja moje mozna moze mu musi musze my na nad nam nas nasz
    nasza nasze nic nie nim niz no o od on ona oni ono oraz po pod poprzez potrzebny potrzebna
    potrzebne potrzeba potrzebuje pomocy prosze przed przez przy sa sam sama sie skad sobie swoj
    swoja swoje sposob ta tak taki tam te tego tej ten tez to trzeba tu tutaj twoj ty tylko tym u
    w we wiec wlasnie wszystko z za zalatwic zalatwiam ze zeby zrobic lodz lodzi
    """.split()  # noqa: SIM905 - a list of two hundred words, one a line, is not read
)


def words_of(text: str) -> list[str]:
    """The words of ``text`` in small letters, with those that mean nothing alone left out."""
    return [word for word in split_words(text) if not is_empty(word)]


def split_words(text: str) -> list[str]:
    """All words and numbers of ``text``, in small letters; too long ones are cut."""
    composed = unicodedata.normalize("NFC", text).lower()
    return [word[:LONGEST] for word in _WORD.findall(composed)]


def is_empty(word: str) -> bool:
    """Whether a reader of ``word`` alone knows nothing of the matter: "na", "jak", one letter."""
    return len(word) < 2 or fold(word) in _EMPTY
