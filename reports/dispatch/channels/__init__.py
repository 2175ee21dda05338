"""The channels by which a unit gets a report: one folder for each, with ``send(dispatch)``.

``send`` returns nothing when the report is on its way and raises ``DeliveryFailed`` otherwise. It
may be called again for the same dispatch, and must not deliver the report twice.
"""

from collections.abc import Callable

from reports.models import Dispatch
from units.models import Unit

from . import email, panel
from .errors import DeliveryFailed

CHANNELS: dict[str, Callable[[Dispatch], None]] = {
    Unit.Channel.PANEL: panel.send,
    Unit.Channel.EMAIL: email.send,
}

__all__ = ["CHANNELS", "DeliveryFailed"]
