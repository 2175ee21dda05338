"""Tables of boundaries and of the gazetteer."""

from .boundaries import Border, Borough, District, Edition
from .gazetteer import Address, Crossing, NamedPlace, Street, StreetLine

__all__ = [
    "Address",
    "Border",
    "Borough",
    "Crossing",
    "District",
    "Edition",
    "NamedPlace",
    "Street",
    "StreetLine",
]
