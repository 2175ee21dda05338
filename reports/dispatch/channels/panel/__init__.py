"""The unit works in this portal: the report is in its queue as soon as it is dispatched."""

from reports.dispatch.channels.errors import DeliveryFailed
from reports.models import Dispatch


def send(dispatch: Dispatch) -> None:
    """Send nothing, because the unit reads the report here. Raises ``DeliveryFailed`` for a closed
    unit, whose queue nobody reads.
    """
    if not dispatch.unit.is_active:
        raise DeliveryFailed("unit is closed", is_permanent=True)
