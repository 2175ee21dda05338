"""What an edition has otherwise than the one that it was drawn from: districts and their areas."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

import shapely

from .found import Found, Kind, Unit
from .measuring import square_metres

# A district that grows or shrinks by more than this share of its area is asked about.
JUMP = 0.2


@dataclass(frozen=True, slots=True)
class Named:
    """A district for comparing. ``ground``: EPSG:4326, valid."""

    name: str
    borough: str
    ground: shapely.Geometry


def find_differences(before: Mapping[str, Named], after: Mapping[str, Named]) -> Iterator[Found]:
    """Districts lost, added, renamed, moved to another borough, and jumps of area."""
    old = dict(zip(before, square_metres([row.ground for row in before.values()]), strict=True))
    new = dict(zip(after, square_metres([row.ground for row in after.values()]), strict=True))
    for code, row in before.items():
        if code not in after:
            yield Found(Kind.LOST, (code,), row.ground, old[code], details={"before": row.name})
    for code, row in after.items():
        if code not in before:
            yield Found(Kind.ADDED, (code,), row.ground, new[code], details={"after": row.name})
            continue
        was = before[code]
        for kind, word in ((Kind.RENAMED, "name"), (Kind.MOVED, "borough")):
            names = {"before": getattr(was, word), "after": getattr(row, word)}
            if names["before"] != names["after"]:
                yield Found(kind, (code,), row.ground, new[code], details=names)
        moved = new[code] - old[code]
        if old[code] and abs(moved) > JUMP * old[code]:
            percent = round(100 * moved / old[code])
            changed = shapely.symmetric_difference(was.ground, row.ground)
            yield Found(Kind.JUMP, (code,), changed, abs(moved), details={"percent": percent})


def find_missing_codes(
    used: Set[str], after: Set[str], before: Mapping[str, Named], city: shapely.Geometry
) -> Iterator[Found]:
    """Codes that something names and the edition lacks; each at its place in the edition before,
    or in the whole city if it was never there.
    """
    for code in sorted(used - after):
        place = before[code].ground if code in before else city
        yield Found(Kind.USED_CODE, (code,), place, 1, Unit.PIECES)
