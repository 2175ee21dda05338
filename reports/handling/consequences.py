"""What the open reports would come to if an edition came into force. Write-free.

The preview and the routing that follows the switch ask the same question here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from catalogue.routing import RoutingTable
from districts.models import Edition

from .affected import Affected, find_affected
from .returning import find_restored, find_worked_on


@dataclass(frozen=True, slots=True)
class Consequences:
    """``changed``: reports that go to another district or unit, in the order of their keys.
    ``kept``: those that a return would bring back, had not somebody worked on them meanwhile.
    """

    changed: list[Affected]
    kept: list[Affected]


def find_consequences(
    before: Edition | None,
    after: Edition,
    *,
    returned: Sequence[int] = (),
    only: Collection[int] | None = None,
    proposed: RoutingTable | None = None,
) -> Consequences:
    """What follows when ``after`` comes after ``before``. ``returned``: keys of the activations
    that are taken back by it; what they moved gets the decision that bound before. ``only`` and
    ``proposed``: as in ``find_affected``.
    """
    found = {one.report: one for one in find_affected(before, after, only=only, proposed=proposed)}
    if not returned:
        return Consequences(list(found.values()), [])
    found |= {one.report: one for one in find_restored(returned, only=only)}
    worked_on = find_worked_on(found)
    rows = sorted(found.values(), key=lambda one: one.report)
    return Consequences(
        [one for one in rows if one.report not in worked_on],
        [one for one in rows if one.report in worked_on],
    )
