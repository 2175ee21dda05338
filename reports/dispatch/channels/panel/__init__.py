"""The unit works in this portal: the report lies in its queue as soon as it is dispatched."""

from reports.dispatch.channels.errors import DeliveryFailed
from reports.models import Dispatch


def send(dispatch: Dispatch) -> None:
    """Nothing leaves the portal; a closed unit's panel is read by nobody, so that is a failure."""
    if not dispatch.unit.is_active:
        raise DeliveryFailed("unit is closed", is_permanent=True)
