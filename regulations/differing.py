"""What changed between two versions, by paragraph and by word.

Every change carries its kind, so that a page can show it in colour and announce it to screen
readers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest

# Markdown's marks before and around words. They are removed: only the words are compared.
_MARKS = re.compile(r"^(#{1,6}\s+|[-*+]\s+|>\s+)|[*_`]+(?=\S)|(?<=\S)[*_`]+")
# A heading, an item of a list, a quotation or a row of a table.
_BLOCK_START = re.compile(r"\s*(#|[-*+]\s|\d+\.\s|>|\|)")
# A picture without words is known by its name.
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\(([^()]*)\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
# Two paragraphs whose likeness (0–1) is below this count as one removed and one added.
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that are ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(slots=True)
class Paragraph:
    """One paragraph of the comparison.

    ``kind``: ``same``, ``added``, ``removed`` or ``changed``. ``number``: from 1 for those that are
    not the same, in the order of reading; 0 for the others.
    """

    kind: str
    is_heading: bool
    pieces: list[_Piece] = field(default_factory=list)
    number: int = 0

    @property
    def text(self) -> str:
        """The new wording, or the old one of a paragraph that was removed."""
        left_out = "" if self.kind == "removed" else "removed"
        return " ".join(piece.text for piece in self.pieces if piece.kind != left_out)


def differences_between(old: str, new: str) -> list[Paragraph]:
    """The paragraphs of both Markdown bodies in the order of reading, each once."""
    compared = list(_compare_paragraphs(paragraphs(old), paragraphs(new)))
    changed = [paragraph for paragraph in compared if paragraph.kind != "same"]
    for number, paragraph in enumerate(changed, start=1):
        paragraph.number = number
    return compared


def paragraphs(body: str) -> list[str]:
    """The blocks of a Markdown body, as one line each.

    Empty lines separate blocks; items of lists and rows of tables are blocks of their own. Lines
    that only draw a table are left out.
    """
    blocks: list[str] = []
    for line in body.splitlines():
        if not line.strip():
            blocks.append("")
        elif blocks and blocks[-1] and not _BLOCK_START.match(line):
            blocks[-1] += f" {line.strip()}"
        else:
            blocks.append(line.strip())
    return [block for block in blocks if block and not set(block) <= set("|-: ")]


def _compare_paragraphs(old: list[str], new: list[str]) -> Iterator[Paragraph]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from (_uniform("same", text) for text in new[j1:j2])
        else:
            yield from _compare_replaced(old[i1:i2], new[j1:j2])


def _compare_replaced(old: list[str], new: list[str]) -> Iterator[Paragraph]:
    """Pair the paragraphs of a replaced part one by one, in their order."""
    for before, after in zip_longest(old, new):
        if before is None:
            yield _uniform("added", after)
        elif after is None:
            yield _uniform("removed", before)
        elif SequenceMatcher(None, before, after, autojunk=False).ratio() < _ALIKE:
            yield _uniform("removed", before)
            yield _uniform("added", after)
        else:
            pieces = list(_compare_words(plain_text(before), plain_text(after)))
            yield Paragraph("changed", _is_heading(after), pieces)


def _compare_words(old: str, new: str) -> Iterator[_Piece]:
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield _Piece("same", " ".join(after[j1:j2]))
            continue
        if i1 < i2:
            yield _Piece("removed", " ".join(before[i1:i2]))
        if j1 < j2:
            yield _Piece("added", " ".join(after[j1:j2]))


def _uniform(kind: str, text: str) -> Paragraph:
    """A paragraph that is the same, added or removed as a whole."""
    return Paragraph(kind, _is_heading(text), [_Piece(kind, plain_text(text))])


def _is_heading(text: str) -> bool:
    return text.startswith("#")


def plain_text(text: str) -> str:
    """The words of a Markdown block, without its marks and the targets of its links."""
    words = _PICTURE.sub(lambda found: found[1] or found[2], _MARKS.sub("", text))
    return _LINK.sub(r"\1", words).strip(" |")
