"""Ways in which a unit gets a report: a folder each, with ``send(report, key=…)``."""

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
