"""The numbers of the front page."""

from dataclasses import dataclass

from maps.selection import Period, Selection, StatusClass
from maps.summary.reading import count_all, count_resolved

_DAYS = 30
_OPEN = frozenset({StatusClass.WAITING, StatusClass.IN_PROGRESS})


@dataclass(frozen=True, slots=True)
class Figures:
    """Reports that may be shown. ``open``: not ended; ``resolved`` and ``sent``: in the last 30
    days, today the last of them.
    """

    open: int
    resolved: int
    sent: int


def count_reports() -> Figures:
    """As they are at this moment, from the summary of the map."""
    return Figures(
        open=count_all(Selection(statuses=_OPEN)).total,
        resolved=count_resolved(_DAYS),
        sent=count_all(Selection(period=Period.MONTH)).total,
    )
