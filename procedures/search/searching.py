"""Cards for a query, the likeliest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from django.db import connection
from django.db.models import QuerySet

from procedures.models import Procedure, ProcedureVersion, Topic

from .asking import AskedWord, read_query

# Of each asked word, a card counts the form that fits it best. A word in few cards says more than
# one in many. A card that holds all asked words goes before one that is full of one of them, and a
# title that says nothing else before one that does.
_RANK = """
WITH total AS (SELECT count(*)::float8 AS cards FROM procedures_searchentry),
asked AS (
    SELECT * FROM unnest(%s::int[], %s::text[], %s::float8[]) AS a (word, lemma, fits)
),
hits AS MATERIALIZED (
    SELECT t.entry_id, a.word, max(t.weight * a.fits) AS weight,
        bool_or(t.in_title) AS in_title
    FROM asked a JOIN procedures_searchterm t ON t.lemma = a.lemma {within}
    GROUP BY t.entry_id, a.word
),
known AS (
    SELECT word, ln(1 + (total.cards - held.cards + 0.5) / (held.cards + 0.5)) AS says
    FROM (SELECT word, count(*)::float8 AS cards FROM hits GROUP BY word) held, total
),
everything AS (
    SELECT sum(known.says) + (%s - count(*)) * ln(1 + total.cards) * {unknown} AS says
    FROM known, total GROUP BY total.cards
),
scored AS (
    SELECT h.entry_id,
        sum(k.says * h.weight) AS fits,
        sum(k.says) / (SELECT says FROM everything) AS asked_share,
        count(*) FILTER (WHERE h.in_title)::float8 AS title_hits
    FROM hits h JOIN known k USING (word) GROUP BY h.entry_id
)
SELECT s.entry_id,
    s.fits * ({base} + (1 - {base}) * s.asked_share)
    * (1 + {title} * least(1, s.title_hits / greatest(e.title_words, 1))) AS score
FROM scored s JOIN procedures_searchentry e ON e.version_id = s.entry_id
ORDER BY score DESC, s.entry_id LIMIT {most}
"""
_WEIGHTS = {"unknown": 0.5, "base": 0.2, "title": 0.5}
# How many are ranked for each that may be shown: among them are those whose time has not come.
_SPARE = 2
# What fits less than this much of the best one is not shown: it shares a word and no more.
_LEAST_SHARE = 0.18


@dataclass(frozen=True, slots=True)
class Filters:
    """Codes; empty where it does not matter."""

    unit: str = ""
    topic: str = ""
    situation: str = ""

    def __bool__(self) -> bool:
        return bool(self.unit or self.topic or self.situation)


class Ranked(Sequence[ProcedureVersion]):
    """Versions by their keys, in this order: only those that are taken are loaded, so that a page
    costs what it shows and not what was found.
    """

    def __init__(self, keys: list[int]) -> None:
        self._keys = keys

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, place: int) -> ProcedureVersion: ...
    @overload
    def __getitem__(self, place: slice) -> list[ProcedureVersion]: ...
    def __getitem__(self, place: int | slice) -> ProcedureVersion | list[ProcedureVersion]:
        if isinstance(place, int):
            return self[place : place + 1 or None][0]
        keys = self._keys[place]
        found = ProcedureVersion.objects.select_related("procedure", "unit").in_bulk(keys)
        # A draft may have been thrown away since.
        return [found[key] for key in keys if key in found]

    def __iter__(self) -> Iterator[ProcedureVersion]:
        return iter(self[:])


@dataclass(frozen=True, slots=True)
class Found:
    """``versions``: current ones, best first; ``words``: how the query was read."""

    versions: Sequence[ProcedureVersion] | QuerySet[ProcedureVersion]
    words: list[AskedWord]

    @property
    def lemmas(self) -> set[str]:
        """All base forms by which these were found."""
        return {lemma for word in self.words for lemma in word.lemmas}

    @property
    def meant(self) -> str:
        """The query with known words in place of mistyped ones; empty if none was."""
        if not any(word.meant for word in self.words):
            return ""
        return " ".join(word.meant or word.typed for word in self.words)


def search_cards(
    text: str, filters: Filters | None = None, *, is_being_typed: bool = False, limit: int = 200
) -> Found:
    """Cards that are published now and fit ``text``."""
    words = read_query(text, is_being_typed=is_being_typed)
    return Found(Ranked(_rank(words, filters or Filters(), limit)), words)


def listed(filters: Filters) -> QuerySet[ProcedureVersion]:
    """The current versions that ``filters`` let through, by their titles."""
    rows = _current(filters).select_related("procedure", "unit")
    return rows.order_by("title", "procedure__number")


def _rank(words: list[AskedWord], filters: Filters, limit: int) -> list[int]:
    asked = [
        (place, lemma, fits)
        for place, word in enumerate(words)
        for lemma, fits in word.lemmas.items()
    ]
    if not asked:
        return []
    within, values = "", ()
    if filters:
        query = _current(filters).order_by().values("pk").query
        sql, values = query.sql_with_params()
        within = f"WHERE t.entry_id IN ({sql})"
    places, lemmas, fits = (list(column) for column in zip(*asked, strict=True))
    statement = _RANK.format(within=within, most=_SPARE * limit, **_WEIGHTS)
    with connection.cursor() as cursor:
        cursor.execute(statement, [places, lemmas, fits, *values, len(words)])
        rows = cursor.fetchall()
    # Which are read now is asked of the few that rank: of all it would take most of the time.
    ranked = _current(Filters()).filter(pk__in=[pk for pk, _score in rows])
    read = set(ranked.values_list("pk", flat=True))
    rows = [row for row in rows if row[0] in read][:limit]
    return [pk for pk, score in rows if score >= rows[0][1] * _LEAST_SHARE]


def _current(filters: Filters) -> QuerySet[ProcedureVersion]:
    rows = ProcedureVersion.objects.current()
    if filters.unit:
        rows = rows.filter(unit__code=filters.unit)
    if filters.topic:
        # No topic has the key 0: a query that Django knows to be empty has no SQL.
        topics = _with_children(filters.topic) or {0}
        procedures = Procedure.objects.filter(topics__in=topics)
        rows = rows.filter(procedure__in=procedures.values("pk"))
    if filters.situation:
        rows = rows.filter(procedure__situations__code=filters.situation)
    return rows


def _with_children(code: str) -> set[int]:
    """The topic of that code and all below it, at any depth."""
    parents = dict(Topic.objects.values_list("pk", "parent"))
    found = set(Topic.objects.filter(code=code).values_list("pk", flat=True))
    while more := {pk for pk, parent in parents.items() if parent in found} - found:
        found |= more
    return found
