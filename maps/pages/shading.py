"""Districts in classes, as the map colours them: by reports, or by reports for 1,000 residents."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .numbers import DistrictNumbers, spaced
from .view import Drawn

# So many colours can be told apart; the last one is for the most. 0 is a district without reports.
_SHADES = 5


@dataclass(frozen=True, slots=True)
class ShadedDistrict:
    """``shade``: 0 to 5, None where it has no colour. ``number``: what stands on it, as text."""

    district: DistrictNumbers
    number: str = ""
    words: str = ""
    shade: int | None = None


@dataclass(frozen=True, slots=True)
class Shading:
    """``districts``: with the most first, where they are coloured. ``classes``: each shade that
    there is, in words, from the lowest; None for districts of which nothing can be said.
    """

    districts: list[ShadedDistrict]
    classes: list[tuple[int | None, str]]


def shade(districts: Sequence[DistrictNumbers], drawn: Drawn) -> Shading:
    """About as many districts in each class; those with the same number always share one."""
    if drawn == Drawn.REPORTS:
        return Shading([ShadedDistrict(one, words=one.words) for one in districts], [])
    values = {one.code: _value(one, drawn) for one in districts}
    shades = shades_of([value for value in values.values() if value is not None])
    shaded = [_shaded(one, values[one.code], shades, drawn) for one in districts]
    shaded.sort(key=lambda one: _place(values[one.district.code]))
    classes = [
        (number, _range_words(list(group), drawn))
        for number, group in groupby(sorted(shades), key=shades.__getitem__)
    ]
    unknown = [(None, _("nie znamy liczby mieszkańców"))] if None in values.values() else []
    return Shading(shaded, [*classes, *unknown])


def _value(district: DistrictNumbers, drawn: Drawn) -> float | None:
    if drawn == Drawn.COUNTS:
        return district.count.total
    if not district.residents:
        return None
    rate = 1000 * district.count.total / district.residents
    return round(rate, 1 if rate >= 1 else 2)


def _place(value: float | None) -> tuple[bool, float]:
    """By which they are sorted: the most first, at the end those of which nothing can be said."""
    return value is None, -(value or 0)


def shades_of(values: list[float]) -> dict[float, int]:
    """The shade of each value; the highest has the last one."""
    ordered = sorted(value for value in values if value)
    distinct = sorted(set(ordered))
    if len(distinct) <= _SHADES:
        classes = [[value] for value in distinct]
    else:
        classes = [
            list(group) for _rank, group in groupby(distinct, key=lambda v: _rank(v, ordered))
        ]
    lightest = _SHADES - len(classes) + 1
    found = {value: lightest + at for at, group in enumerate(classes) for value in group}
    return {0: 0} | found if 0 in values else found


def _rank(value: float, ordered: list[float]) -> int:
    """In which fifth lies the middle of those that have it."""
    middle = (bisect_left(ordered, value) + bisect_right(ordered, value)) / 2
    return int(_SHADES * middle / len(ordered))


def _shaded(
    district: DistrictNumbers, value: float | None, shades: dict[float, int], drawn: Drawn
) -> ShadedDistrict:
    if value is None:
        words = _("nie znamy liczby mieszkańców; %(reports)s") % {"reports": district.words}
        return ShadedDistrict(district, "?", words)
    number, words = _number_words(value, drawn), district.words
    if drawn == Drawn.RATES:
        words = _("%(number)s na 1000 mieszkańców; %(reports)s") % {
            "number": number,
            "reports": words,
        }
    return ShadedDistrict(district, number, words, shades[value])


def _range_words(values: list[float], drawn: Drawn) -> str:
    low, high = _number_words(values[0], drawn), _number_words(values[-1], drawn)
    return low if low == high else f"{low}–{high}"


def _number_words(value: float, drawn: Drawn) -> str:
    if drawn == Drawn.COUNTS or not value:
        return spaced(int(value))
    return number_format(value, decimal_pos=1 if value >= 1 else 2)
