"""The unit works in this portal: the report is in its queue as soon as it is dispatched."""

from reports.dispatch.channels.errors import DeliveryFailed
from reports.models import Dispatch


def send(dispatch: Dispatch) -> None:
    """Send nothing, because the unit reads the report here. Raises ``DeliveryFailed`` for a unit
    whose queue nobody reads: it is closed, or nobody who works in it has an open account. The
    operator's own queue is read by a role, not by members.
    """
    unit = dispatch.unit
    if not unit.is_active:
        raise DeliveryFailed("unit is closed", is_permanent=True)
    if not (unit.is_operator or unit.has_active_members):
        raise DeliveryFailed("nobody works in the unit", is_permanent=True)
