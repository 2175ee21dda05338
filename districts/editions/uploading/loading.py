"""A file is read whole into a draft, in one transaction: all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
import shapely
from django.db import transaction

from districts.editions.drafting import Shape, change_draft
from districts.models import DraftChange, Edition
from owed.children import ChildRefused

from .child import Opened, run_job
from .faults import NotLoaded, Problem, problem
from .positions import position_of, to_wgs84
from .rows import shapes_of_rows

Word = DraftChange.Word


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a file makes the districts. ``fields``: ``code``, and ``name`` and ``borough`` where
    there are such, each with the name of a field; ``crs`` and ``encoding``: in place of what the
    file says, or "".
    """

    layer: str
    fields: dict[str, str]
    crs: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Division:
    """The districts of a file by code, and what to tell of it: counts, codes of ``notes``."""

    shapes: dict[str, Shape]
    vertices: int
    notes: list[str]
    megabytes: int


def open_in_child(job: str, source: IO[bytes], **arguments: Any) -> Opened:
    """As ``run_job``, but what is wrong with the file is raised as ``NotLoaded``."""
    try:
        return run_job(job, source, **arguments)
    except ChildRefused as refusal:
        details = refusal.details
        problems = details.get("faults") or [problem(refusal.code, **details)]
        raise NotLoaded(problems, count=details.get("count")) from refusal


def read_division(
    source: IO[bytes],
    choice: Choice,
    *,
    known: dict[str, Shape],
    crs: str | None = None,
    while_waiting: Callable[[], object] = lambda: None,
) -> Division:
    """The districts in the file ``source``. ``known``: those of the draft; ``crs``: of the layer,
    for the places of faults. Raises ``NotLoaded``, ``ChildDied`` and ``OSError``.
    """
    try:
        opened = open_in_child(
            "read",
            source,
            while_waiting=while_waiting,
            layer=choice.layer,
            fields=choice.fields,
            encoding=choice.encoding or None,
        )
    except NotLoaded as refusal:
        read_in = choice.crs or crs
        placed = [
            {**one, **position_of(one["at"], read_in)} if one.get("at") else one
            for one in refusal.problems
        ]
        raise NotLoaded(placed, count=refusal.count) from refusal
    rows = list(opened.rows())
    if not rows:
        raise NotLoaded([problem("file_empty")])
    texts = [{what: row[what] for what in choice.fields} for row in rows]
    given = [shapely.from_wkb(row["area"]) for row in rows]
    try:
        areas = to_wgs84(given, choice.crs or opened.found["crs"])
    except NotLoaded as refusal:
        named = [_with_label(one, texts) for one in refusal.problems]
        raise NotLoaded(named, count=refusal.count) from refusal
    shapes = shapes_of_rows(texts, list(areas), _places(areas), known=known)
    return Division(shapes, opened.found["vertices"], opened.found["notes"], opened.megabytes)


def load_division(
    edition: Edition, division: Division, *, by, revision: int | None, name: str
) -> Edition:
    """Make the draft ``edition`` exactly what the file has: districts that it lacks are taken away.
    Raises as ``change_draft`` does.
    """
    with transaction.atomic():
        gone = edition.districts.exclude(code__in=division.shapes).values_list("code", flat=True)
        shapes: dict[str, Shape | None] = dict.fromkeys(gone)
        return change_draft(
            edition,
            {**division.shapes, **shapes},
            by=by,
            word=Word.UPLOADED,
            revision=revision,
            details={
                "file": name,
                "districts": len(division.shapes),
                "taken_away": len(shapes),
                "vertices": division.vertices,
            },
        )


def _with_label(one: Problem, texts: list[dict[str, str]]) -> Problem:
    if "feature" not in one:
        return one
    row = texts[one["feature"] - 1]
    return {**one, "label": row.get("name") or row["code"]}


def _places(areas: np.ndarray) -> list[dict[str, float]]:
    """Of each, some vertex: what is invalid has no better one."""
    firsts = (shapely.get_coordinates(area)[0] for area in areas)
    return [{"lon": round(float(x), 5), "lat": round(float(y), 5)} for x, y in firsts]
