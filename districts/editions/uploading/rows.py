"""The texts of a file's rows become codes, names and boroughs, or it is said what is wrong."""

from collections.abc import Mapping, Sequence

from django.utils.text import slugify

from districts.editions.drafting import Shape
from districts.models import Borough, District

from .faults import NotLoaded, Problem, problem
from .mojibake import is_mojibake

# How many problems are told.
_MOST = 20
_LONGEST_CODE = District._meta.get_field("code").max_length or 60
_LONGEST_NAME = District._meta.get_field("name").max_length or 100
# Letters that have no accent to take off.
_PLAIN = str.maketrans("łŁ", "lL")


def code_of(text: str) -> str:
    """ "Bałuty-Centrum" → "baluty-centrum". A code that is one already stays as it is."""
    return slugify(text.translate(_PLAIN))


def shapes_of_rows(
    rows: Sequence[Mapping[str, str]],
    areas: Sequence,
    places: Sequence[Mapping[str, float]],
    *,
    known: Mapping[str, Shape],
) -> dict[str, Shape]:
    """By code, the districts of a file. ``rows``: ``code``, and ``name`` and ``borough`` if these
    were chosen; ``places``: where each lies; ``known``: what the draft has, from which they keep
    what the file does not say. Raises ``NotLoaded``.
    """
    problems: list[Problem] = []
    shapes: dict[str, Shape] = {}
    first: dict[str, int] = {}
    for number, (row, area, place) in enumerate(zip(rows, areas, places, strict=True), start=1):
        code = code_of(row["code"])
        earlier = known.get(code)
        name = row.get("name", "") or ("" if "name" in row else _name_without_field(row, earlier))
        about = {"feature": number, "label": (name or row["code"])[:60], **place}
        problems += [{**fault, **about} for fault in _faults(row, code, name)]
        if code and code in first:
            problems.append(problem("duplicate_code", value=code, other=first[code], **about))
            continue
        first[code] = number
        shapes[code] = Shape(
            name=name,
            boundary=area,
            borough=_borough(row["borough"]) if "borough" in row else _kept(earlier, "borough"),
            teryt=_kept(earlier, "teryt"),
            population=earlier.population if earlier else None,
        )
    if problems:
        raise NotLoaded(problems[:_MOST], count=len(problems))
    return shapes


def _faults(row: Mapping[str, str], code: str, name: str) -> list[Problem]:
    faults = [
        problem("wrong_encoding", text=text[:60]) for text in row.values() if is_mojibake(text)
    ]
    if not code:
        faults.append(problem("missing_code"))
    elif len(code) > _LONGEST_CODE:
        faults.append(problem("code_too_long", most=_LONGEST_CODE))
    if not name:
        faults.append(problem("missing_name"))
    elif len(name) > _LONGEST_NAME:
        faults.append(problem("name_too_long", most=_LONGEST_NAME))
    if row.get("borough") and not _borough(row["borough"]):
        faults.append(problem("unknown_borough", value=row["borough"][:60]))
    return faults


def _borough(text: str) -> str:
    return next((one for one in Borough.values if code_of(one) == code_of(text)), "")


def _name_without_field(row: Mapping[str, str], earlier: Shape | None) -> str:
    return earlier.name if earlier else row["code"]


def _kept(earlier: Shape | None, what: str) -> str:
    return getattr(earlier, what) if earlier else ""
