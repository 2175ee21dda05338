"""What changed between two versions, in paragraphs and words, for eyes and for screen readers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest

# What Markdown puts before and around words; the words are compared.
_MARKS = re.compile(r"^(#{1,6}\s+|[-*+]\s+|>\s+)|[*_`]+(?=\S)|(?<=\S)[*_`]+")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
# Below this likeness (0–1) two paragraphs are another text, not a changed one.
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(slots=True)
class Paragraph:
    """``kind``: same, added, removed or changed; ``number`` counts those that are not the same."""

    kind: str
    is_heading: bool
    pieces: list[Piece] = field(default_factory=list)
    number: int = 0

    @property
    def text(self) -> str:
        """As it reads now; what was removed, as it read before."""
        gone = "" if self.kind == "removed" else "removed"
        return " ".join(piece.text for piece in self.pieces if piece.kind != gone)


def differences(old: str, new: str) -> list[Paragraph]:
    """Paragraphs of both Markdown bodies in the order of reading; each once."""
    found = list(_compared(paragraphs(old), paragraphs(new)))
    changed = [paragraph for paragraph in found if paragraph.kind != "same"]
    for number, paragraph in enumerate(changed, start=1):
        paragraph.number = number
    return found


def paragraphs(body: str) -> list[str]:
    """Blocks between empty lines; items of lists and rows of tables are blocks of their own."""
    blocks: list[str] = []
    for line in body.splitlines():
        if not line.strip():
            blocks.append("")
        elif blocks and blocks[-1] and not _starts_block(line):
            blocks[-1] += f" {line.strip()}"
        else:
            blocks.append(line.strip())
    return [block for block in blocks if block and not set(block) <= set("|-: ")]


def _starts_block(line: str) -> bool:
    return bool(re.match(r"\s*(#|[-*+]\s|\d+\.\s|>|\|)", line))


def _compared(old: list[str], new: list[str]) -> Iterator[Paragraph]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from (_whole("same", text) for text in new[j1:j2])
        else:
            yield from _replaced(old[i1:i2], new[j1:j2])


def _replaced(old: list[str], new: list[str]) -> Iterator[Paragraph]:
    for before, after in zip_longest(old, new):
        if before is None:
            yield _whole("added", after)
        elif after is None:
            yield _whole("removed", before)
        elif SequenceMatcher(None, before, after, autojunk=False).ratio() < _ALIKE:
            yield _whole("removed", before)
            yield _whole("added", after)
        else:
            yield Paragraph(
                "changed", _is_heading(after), list(_words(plain(before), plain(after)))
            )


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", " ".join(after[j1:j2]))
            continue
        if i1 < i2:
            yield Piece("removed", " ".join(before[i1:i2]))
        if j1 < j2:
            yield Piece("added", " ".join(after[j1:j2]))


def _whole(kind: str, text: str) -> Paragraph:
    return Paragraph(kind, _is_heading(text), [Piece(kind, plain(text))])


def _is_heading(text: str) -> bool:
    return text.startswith("#")


def plain(text: str) -> str:
    return _LINK.sub(r"\1", _MARKS.sub("", text)).strip(" |")
