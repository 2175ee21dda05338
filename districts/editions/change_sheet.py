"""The change sheet: what moves between two editions, in the words and numbers by which a council
decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import shapely
from django.db import connection

from districts.models import Descent, District, Edition

from .comparing import Comparison, Piece, compare_editions
from .keeping import keep


@dataclass(frozen=True, slots=True)
class Move:
    """A piece that goes from the district ``source`` to the district ``target`` (names; "" is
    outside the layer). ``streets``: names, each with how many located addresses lie in the piece.
    """

    number: int
    source: str
    target: str
    word: Descent.Word
    piece: Piece
    streets: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Sum:
    """Of some pieces: ``residents`` is None where their number is not known of each of them."""

    m2: float
    residents: int | None
    addresses: int


@dataclass(frozen=True, slots=True)
class Balance:
    """What the district ``name`` gets from all others, and what it gives to them."""

    name: str
    gains: Sum
    losses: Sum

    @property
    def sides(self) -> tuple[Sum, Sum]:
        return self.gains, self.losses


@dataclass(frozen=True, slots=True)
class ChangeSheet:
    """``moves``: the largest first. ``renamed``: what districts were called and are called, with
    the borough where that is another. ``new`` and ``gone``: names.
    """

    moves: list[Move]
    balances: list[Balance]
    renamed: list[tuple[str, str]]
    new: list[str]
    gone: list[str]

    @property
    def total(self) -> Sum:
        return _total([move.piece for move in self.moves])

    @property
    def changes_nothing(self) -> bool:
        return not (self.moves or self.renamed or self.new or self.gone)


def draw_up_sheet(before: Edition, after: Edition) -> ChangeSheet:
    """What changes from ``before`` to ``after``, two editions of a layer. Where ``after`` was
    approved as following ``before``, residents are those that were recorded then. The sheet of two
    approved editions is kept for a day.
    """
    return keep("sheet", [before, after], lambda: _draw_up(before, after))


def _draw_up(before: Edition, after: Edition) -> ChangeSheet:
    found = compare_editions(before, after)
    words = {(row.source_code, row.code): row.word for row in found.descents}
    pieces = _as_recorded(found)
    names = {"": "", **found.names}
    moves = [
        Move(
            number,
            names[piece.source],
            names[piece.target],
            Descent.Word(words[piece.source, piece.target]),
            piece,
            streets,
        )
        for number, (piece, streets) in enumerate(zip(pieces, _streets_in(pieces), strict=True), 1)
    ]
    return ChangeSheet(
        moves,
        _balances(pieces, found.names),
        _renamed(found),
        [found.names[code] for code in found.new],
        [found.names[code] for code in found.gone],
    )


def _as_recorded(found: Comparison) -> list[Piece]:
    recorded = {
        (row.source_code, row.code): row.residents
        for row in found.after.descents.filter(before=found.before)
    }
    return [
        replace(piece, residents=recorded.get((piece.source, piece.target), piece.residents))
        for piece in found.pieces
    ]


def _streets_in(pieces: Sequence[Piece]) -> list[list[tuple[str, int]]]:
    """For each piece the streets of the addresses that lie in it, by name."""
    found: list[list[tuple[str, int]]] = [[] for _piece in pieces]
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH asked AS MATERIALIZED ("
            "  SELECT number, ST_SetSRID(ST_GeomFromWKB(wkb), 4326) AS shape"
            "  FROM unnest(%s::bytea[]) WITH ORDINALITY AS given (wkb, number))"
            " SELECT asked.number, a.street, count(*)"
            " FROM asked JOIN districts_address a ON ST_Covers(shape, a.location)"
            " GROUP BY asked.number, a.street ORDER BY a.street",
            [[shapely.to_wkb(piece.geometry) for piece in pieces]],
        )
        for number, street, addresses in cursor.fetchall():
            found[number - 1].append((street, addresses))
    return found


def _balances(pieces: Sequence[Piece], names: Mapping[str, str]) -> list[Balance]:
    touched = {code for piece in pieces for code in (piece.source, piece.target)} - {""}
    return [
        Balance(
            names[code],
            _total([piece for piece in pieces if piece.target == code]),
            _total([piece for piece in pieces if piece.source == code]),
        )
        for code in sorted(touched, key=lambda code: (names[code], code))
    ]


def _total(pieces: Sequence[Piece]) -> Sum:
    residents = [piece.residents for piece in pieces]
    return Sum(
        sum(piece.m2 for piece in pieces),
        None if None in residents else sum(number or 0 for number in residents),
        sum(piece.addresses for piece in pieces),
    )


def _renamed(found: Comparison) -> list[tuple[str, str]]:
    codes = [
        row.code
        for row in found.descents
        if row.word == Descent.Word.RENAMED and row.code == row.source_code
    ]
    rows = District.objects.filter(edition__in=[found.before, found.after], code__in=codes)
    called = {(row.edition_id, row.code): row for row in rows.defer("boundary", "outline")}
    return [
        _names_of(called[found.before.pk, code], called[found.after.pk, code]) for code in codes
    ]


def _names_of(old: District, new: District) -> tuple[str, str]:
    if old.borough == new.borough:
        return old.name, new.name
    return f"{old.name} ({old.borough})", f"{new.name} ({new.borough})"
