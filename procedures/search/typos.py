"""Words that were probably meant, for words that nobody knows."""

from collections.abc import Iterable

from django.db import connection

from districts.gazetteer import fold

# Sounds that Polish writes in two ways.
_SOUNDS = (("rz", "z"), ("ch", "h"), ("u", "o"), ("sz", "s"), ("cz", "c"), ("w", "f"), ("y", "i"))
_FEWEST_LETTERS = 4
_ALIKE = """
SELECT asked.word, near.form, near.folded, near.lemma FROM unnest(%s::text[]) AS asked (word)
CROSS JOIN LATERAL (
    SELECT f.form, f.folded, f.lemma FROM procedures_wordform f
    WHERE f.folded %% asked.word
        AND length(f.folded) BETWEEN length(asked.word) - 2 AND length(asked.word) + 2
    ORDER BY similarity(f.folded, asked.word) DESC LIMIT 80
) near
UNION
SELECT swapped.word, f.form, f.folded, f.lemma
FROM unnest(%s::text[], %s::text[]) AS swapped (word, text)
JOIN procedures_wordform f ON f.folded = swapped.text
"""


def find_alike(words: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """For each of ``words`` the nearest known (form, base form): with one slip of the finger, in
    longer words two. Those that are as near as each other are all there.
    """
    asked = {fold(word): word for word in words if len(word) >= _FEWEST_LETTERS}
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, [list(asked), *_with_letters_swapped(asked)])
        rows = cursor.fetchall()
    near: dict[str, dict[tuple[int, int], list[tuple[str, str]]]] = {}
    for folded, form, other, lemma in rows:
        distance = slips(folded, other), slips(_sound(folded), _sound(other))
        if min(distance) <= (1 if len(folded) < 7 else 2) and distance[0] <= 3:
            near.setdefault(asked[folded], {}).setdefault((sum(distance), distance[1]), []).append(
                (form, lemma)
            )
    return {word: found[min(found)] for word, found in near.items()}


def _with_letters_swapped(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """Each word with each of its texts in which two neighbours have changed places: those have too
    few trigrams in common with what was meant.
    """
    pairs = [
        (word, word[:i] + word[i + 1] + word[i] + word[i + 2 :])
        for word in words
        for i in range(len(word) - 1)
    ]
    return [word for word, _text in pairs], [text for _word, text in pairs]


def _sound(text: str) -> str:
    for written, heard in _SOUNDS:
        text = text.replace(written, heard)
    return text


def slips(one: str, other: str) -> int:
    """How many letters must be added, left out, replaced or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last_but_one, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = letter != wanted
            least = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + cost)
            is_swap = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted
            row.append(min(least, last_but_one[j - 2] + 1) if is_swap else least)
    return row[-1]
