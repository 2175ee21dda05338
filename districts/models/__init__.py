"""Tables of boundaries and of the gazetteer."""

from .boundaries import Border, Borough, District
from .descent import Descent
from .editions import (
    OSIEDLA,
    Activation,
    DraftChange,
    Edition,
    EditionStep,
    Layer,
    State,
)
from .gazetteer import Address, Crossing, NamedPlace, Street, StreetLine

__all__ = [
    "OSIEDLA",
    "Activation",
    "Address",
    "Border",
    "Borough",
    "Crossing",
    "Descent",
    "District",
    "DraftChange",
    "Edition",
    "EditionStep",
    "Layer",
    "NamedPlace",
    "State",
    "Street",
    "StreetLine",
]
