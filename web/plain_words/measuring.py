"""One text, measured. Plain Python: no dictionary, so passive voice is known by its endings."""

import re
from dataclasses import dataclass
from functools import cached_property

from .office_words import OFFICE_WORDS

# What is not words: addresses of links, HTML tags and entities, placeholders of gettext.
_ADDRESS = re.compile(r"\]\([^()]*\)|https?://\S+|<[^<>]*>|&[a-z]+;")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{[\w.]*\}")
_MARKS = re.compile(r"[*_`#\[\]>]")
# A new paragraph, item or line of a table begins a new sentence, whether or not a stop is there.
_BLOCK = re.compile(r"\n\s*\n|\n\s*(?:[-*|]|\d+\.)\s+|\|")
_SENTENCE = re.compile(r"(?<=[.!?…:;])[”\")]*\s+(?=[„\"(A-ZĄĆĘŁŃÓŚŹŻ0-9–])")
_SHORTENED = re.compile(
    r"\b(art|ust|pkt|poz|lit|ul|al|pl|nr|np|tel|godz|pn|wt|śr|czw|pt|sob|ndz|min|r|tj|itd|itp|m\.in)\."
    r"(?=\s)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[-’'.,/][^\W_]+)*")
# "jest zamknięte" tells how things are and is plain; what was or will be done is passive voice.
_BEING = r"zosta(?:ł[aoy]?|li|nie|ną|je|ją|ć)|był[aoy]?|byli|będzie|będą|być"
_PARTICIPLE = r"\w{2,}(?:an|on|ęt|yt|ut)(?:y|a|e|i|ych|ym|ą)"
_PASSIVE = re.compile(rf"\b(?:{_BEING})(?:\s+\w+){{0,2}}\s+{_PARTICIPLE}\b", re.IGNORECASE)
# "wysłano", "przyjęto": nobody did it.
_NOBODY = re.compile(r"\b\w{2,}(?:an|on|ęt|yt)o\b", re.IGNORECASE)
# Words with those endings that are no participles.
_OTHERS = {"rano", "siano", "kolano", "ciasno", "pewno", "zadowolony", "zadowolona", "znane"}
# Fewer words are a label ("Wysłano", "Dodano wierzchołek"), where passive voice is short and clear.
_FEWEST_OF_A_SENTENCE = 4


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence without its marks, and how many words it has (numbers are words too)."""

    text: str
    words: int

    @property
    def is_whole(self) -> bool:
        """Whether it is a sentence, and no label."""
        return self.words >= _FEWEST_OF_A_SENTENCE

    @property
    def passives(self) -> list[str]:
        """Where something is done and nobody does it."""
        if not self.is_whole:
            return []
        found = [match[0] for match in _PASSIVE.finditer(self.text)]
        alone = [match[0] for match in _NOBODY.finditer(self.text)]
        return [one for one in found + alone if one.split()[-1].lower() not in _OTHERS]


@dataclass(frozen=True)
class Measured:
    """A text, its sentences, and what makes it hard to read."""

    text: str

    @cached_property
    def sentences(self) -> list[Sentence]:
        return [
            Sentence(part, len(_WORD.findall(part)))
            for block in _BLOCK.split(_bare(self.text))
            for part in _sentences_of(block)
        ]

    @property
    def longest(self) -> Sentence:
        return max(self.sentences, key=lambda one: one.words, default=Sentence("", 0))

    @cached_property
    def office_words(self) -> list[str]:
        bare = _bare(self.text)
        return [match[0].lower() for known in OFFICE_WORDS for match in known.finditer(bare)]

    @cached_property
    def passives(self) -> list[str]:
        return [one for sentence in self.sentences for one in sentence.passives]

    @property
    def hardness(self) -> int:
        """Points by which the worst texts are found: a word above twenty in a sentence is one, a
        word of offices five, a passive three.
        """
        long = sum(max(0, sentence.words - 20) for sentence in self.sentences)
        return long + 5 * len(self.office_words) + 3 * len(self.passives)


def _bare(text: str) -> str:
    text = _PLACEHOLDER.sub("X", _ADDRESS.sub("]", text))
    return _MARKS.sub("", re.sub(r"^[^\S\n]*+[-*]\s+", "\n\n", text, flags=re.MULTILINE))


def _sentences_of(block: str) -> list[str]:
    """The block cut at its stops. A stop of a shortened word (*ul.*) ends nothing."""
    whole = " ".join(block.split())
    kept = _SHORTENED.sub(lambda match: match[1] + "\0", whole)
    parts = [part.replace("\0", ".").strip() for part in _SENTENCE.split(kept)]
    return [part for part in parts if _WORD.search(part)]
