"""When each edition of a layer was, is or will be in force: ends follow from the next start."""

from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from districts.models import Activation, Edition


@dataclass(frozen=True, slots=True)
class Period:
    """``edition`` is in force from ``start`` on and before ``end``; ``end`` is None if no other
    edition follows. An edition to which people returned has several periods.
    """

    edition: Edition
    start: datetime
    end: datetime | None

    def touches(self, since: datetime | None, until: datetime | None) -> bool:
        """Whether it was in force at some instant from ``since`` to ``until``, both included; None
        leaves that side open.
        """
        begins_in_time = until is None or self.start <= until
        return begins_in_time and (since is None or self.end is None or since < self.end)


def periods_of(layer: str) -> list[Period]:
    """The periods of ``layer``, the earliest first; those that lie ahead too."""
    rows = list(Activation.objects.filter(layer=layer).select_related("edition").order_by("at"))
    return [
        Period(row.edition, row.at, following.at if following else None)
        for row, following in zip_longest(rows, rows[1:])
    ]
