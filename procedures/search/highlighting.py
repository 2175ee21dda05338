"""The words that were found, marked in what is shown, in whatever form they stand there."""

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from districts.gazetteer import fold
from procedures.models import WordForm

_WORD = re.compile(r"[^\W_]+")
_AROUND = 90


def marked_forms(lemmas: Iterable[str]) -> frozenset[str]:
    """All forms, without diacritics, of ``lemmas``."""
    rows = WordForm.objects.filter(lemma__in=list(lemmas))
    return frozenset(rows.values_list("folded", flat=True))


def highlight(text: str, forms: frozenset[str]) -> SafeString:
    """``text``, escaped, with ``mark`` around each word that is one of ``forms``."""
    parts, at = [], 0
    for match in _WORD.finditer(text):
        if fold(match[0]) in forms:
            parts += [escape(text[at : match.start()]), "<mark>", escape(match[0]), "</mark>"]
            at = match.end()
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 - each part is escaped


def excerpt(text: str, forms: frozenset[str]) -> str:
    """About two lines of ``text`` around the first of ``forms``; else its beginning."""
    first = next((m.start() for m in _WORD.finditer(text) if fold(m[0]) in forms), 0)
    begin = text.rfind(". ", 0, first) + 1 if first > 2 * _AROUND else 0
    end = begin + 2 * _AROUND
    if end >= len(text):
        return text[begin:].strip()
    cut = text.rfind(" ", begin, end)
    return f"{text[begin : cut if cut > begin else end].strip()}…"
