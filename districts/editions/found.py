"""One thing that a check found, before it is a row."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import shapely

from districts.models import Finding

Kind = Finding.Kind
Severity = Finding.Severity
Unit = Finding.Unit

# These forbid the edition; all others want a sentence by a person.
_ERRORS = {Kind.EMPTY, Kind.INVALID, Kind.OVERLAP, Kind.GAP, Kind.UNCOVERED, Kind.MISMATCH}
# Places that are the same up to this many decimals (about a metre) are the same finding.
_DECIMALS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """``place``: EPSG:4326. ``size`` in ``unit``. ``is_allowed``: it can be meant, so it is only a
    warning whatever its kind.
    """

    kind: Finding.Kind
    codes: tuple[str, ...]
    place: shapely.Geometry
    size: float
    unit: Finding.Unit = Unit.SQUARE_METRES
    details: Mapping[str, object] = field(default_factory=dict)
    is_allowed: bool = False

    @property
    def severity(self) -> Finding.Severity:
        is_error = self.kind in _ERRORS and not self.is_allowed
        return Severity.ERROR if is_error else Severity.WARNING

    @property
    def key(self) -> str:
        middle = shapely.centroid(self.place)
        same = [
            self.kind,
            self.codes,
            self.severity,
            [] if middle.is_empty else [round(middle.x, _DECIMALS), round(middle.y, _DECIMALS)],
            f"{self.size:.3g}",
            dict(self.details),
        ]
        return hashlib.sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()
