"""What is wrong with an edition and what it changes, from the command line."""

import json
from argparse import ArgumentParser
from collections.abc import Generator
from typing import Any

import shapely
from django.core.management.base import CommandError
from django.db import transaction

from districts.editions.checking import check_edition
from districts.editions.comparing import Comparison, compare_editions
from districts.editions.outlines_and_borders import refresh_index
from districts.models import Descent, Edition, Finding

from .subcommand import Subcommand, add_by, find_edition, find_person

# Exit codes that say what was found; 1 and 2 are those of every subcommand.
FOUND = 3
UNEXPLAINED = 4

_OUTSIDE = "(outside)"


def _add_check(parser: ArgumentParser) -> None:
    parser.add_argument("code", help="of the draft")
    _add_json(parser)
    add_by(parser)


def _add_compare(parser: ArgumentParser) -> None:
    parser.add_argument("code", help="of the edition")
    parser.add_argument(
        "other",
        nargs="?",
        help="the edition before; without it the one in force, or what an edition in force is based"
        " on",
    )
    _add_json(parser)


def _add_json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _check(options: dict[str, Any]) -> Generator[str, None, int]:
    draft = check_edition(find_edition(options["code"]), by=find_person(options["by"]))
    # Who locates meanwhile must not wait for it.
    transaction.on_commit(lambda: refresh_index(concurrently=True))
    rows = list(draft.findings.all())
    errors = sum(row.severity == Finding.Severity.ERROR for row in rows)
    unexplained = sum(
        row.severity == Finding.Severity.WARNING and not row.explanation for row in rows
    )
    counts = {"errors": errors, "warnings": len(rows) - errors, "unexplained": unexplained}
    if options["json"]:
        found = [_as_object(row) for row in rows]
        head = {"edition": draft.code, "revision": draft.revision}
        yield json.dumps(head | counts | {"findings": found}, ensure_ascii=False)
    else:
        for row in rows:
            yield _in_words(row)
        yield f"{draft.code}: " + ", ".join(f"{count} {word}" for word, count in counts.items())
    if errors:
        return FOUND
    return UNEXPLAINED if unexplained else 0


def _as_object(row: Finding) -> dict[str, Any]:
    lon, lat = _middle(row)
    return {
        "kind": row.kind,
        "severity": row.severity,
        "codes": row.codes,
        "size": row.size,
        "unit": row.unit,
        "lat": lat,
        "lon": lon,
        "details": row.details,
        "explanation": row.explanation,
    }


def _in_words(row: Finding) -> str:
    lon, lat = _middle(row)
    place = "-" if lat is None else f"{lat}, {lon}"
    size = f"{row.size:.4g} {row.unit}"
    details = "; ".join(f"{name}: {value}" for name, value in row.details.items())
    words = [row.severity, row.kind, ",".join(row.codes) or "-", size, place, details]
    return "\t".join(words).rstrip()


def _middle(row: Finding) -> tuple[float | None, float | None]:
    """Longitude and latitude of a point of the finding's place; nothing of an empty place."""
    point = shapely.point_on_surface(shapely.from_wkb(bytes(row.place.wkb)))
    return (None, None) if point.is_empty else (round(point.x, 6), round(point.y, 6))


def _compare(options: dict[str, Any]) -> Generator[str, None, int]:
    after = find_edition(options["code"])
    before = find_edition(options["other"]) if options["other"] else _before(after)
    if before.layer_id != after.layer_id:
        raise CommandError(
            f"{before.code} is of the layer {before.layer_id}, {after.code} of {after.layer_id}"
        )
    found = compare_editions(before, after)
    if options["json"]:
        yield json.dumps(_comparison_as_object(found), ensure_ascii=False)
    else:
        yield from _comparison_in_words(found)
    return FOUND if found.descents else 0


def _before(after: Edition) -> Edition:
    """What the page of changes compares with."""
    before = Edition.objects.in_force_or_none(after.layer.pk)
    before = after.based_on if before == after else before
    if before is None:
        raise CommandError(f"{after.code} has no edition before it; name one")
    return before


def _comparison_as_object(found: Comparison) -> dict[str, Any]:
    pieces = [
        {
            "from": piece.source or None,
            "to": piece.target or None,
            "m2": round(piece.m2, 1),
            "residents": piece.residents,
            "addresses": piece.addresses,
            "streets": piece.streets,
            "geometry": json.loads(shapely.to_geojson(piece.geometry)),
        }
        for piece in found.pieces
    ]
    descents = [
        {
            "from": row.source_code or None,
            "to": row.code or None,
            "word": row.word,
            "m2": round(row.m2, 1),
            "share": round(row.share, 6),
            "part": round(row.part, 6),
            "residents": row.residents,
        }
        for row in found.descents
    ]
    return {
        "before": found.before.code,
        "after": found.after.code,
        "new": found.new,
        "gone": found.gone,
        "pieces": pieces,
        "descents": descents,
    }


def _comparison_in_words(found: Comparison) -> Generator[str, None, None]:
    for code in found.new:
        yield f"+ {code} {found.names[code]}"
    for code in found.gone:
        yield f"- {code} {found.names[code]}"
    for row in found.rows(Descent.Word.RENAMED):
        yield f"renamed\t{row.source_code} -> {row.code}\t{found.names[row.code]}"
    for piece in found.pieces:
        way = f"{piece.source or _OUTSIDE} -> {piece.target or _OUTSIDE}"
        residents = "?" if piece.residents is None else piece.residents
        yield (
            f"moves\t{way}\t{piece.m2 / 10_000:.4f} ha\t{residents} residents"
            f"\t{piece.addresses} addresses\t{piece.streets} streets"
        )
    words = f"{len(found.pieces)} pieces move" if found.descents else "nothing differs"
    yield f"{found.before.code} -> {found.after.code}: {words}"


CHECK = Subcommand(
    "check",
    f"Check a draft. Exit codes besides: {FOUND} it has errors, {UNEXPLAINED} it has none, but"
    " warnings that nobody explained",
    _add_check,
    _check,
)
COMPARE = Subcommand(
    "compare",
    "What moves from the edition before to this one. Exit codes besides:"
    f" {FOUND} something differs",
    _add_compare,
    _compare,
    only_reads=True,
)
