"""Tables of boundaries and of the gazetteer."""

from .boundaries import Border, Borough, District
from .descent import Descent
from .editions import (
    OSIEDLA,
    REPORTS,
    Activation,
    DraftChange,
    Edition,
    EditionStep,
    Layer,
    State,
)
from .findings import EditionCheck, Finding
from .gazetteer import Address, Crossing, NamedPlace, Street, StreetLine
from .uploads import EditionUpload

__all__ = [
    "OSIEDLA",
    "REPORTS",
    "Activation",
    "Address",
    "Border",
    "Borough",
    "Crossing",
    "Descent",
    "District",
    "DraftChange",
    "Edition",
    "EditionCheck",
    "EditionStep",
    "EditionUpload",
    "Finding",
    "Layer",
    "NamedPlace",
    "State",
    "Street",
    "StreetLine",
]
