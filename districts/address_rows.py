"""What every file of addresses gives, whatever its format."""

from dataclasses import dataclass

CITY = "Łódź"


class AddressFileError(Exception):
    """The file cannot be read; the text says where and why, as a sentence for people."""


@dataclass(frozen=True, slots=True)
class AddressRow:
    """``lat``, ``lon`` in EPSG:4326, or both None; ``district`` is a code, empty if unknown."""

    street: str
    number: str
    district: str = ""
    lat: float | None = None
    lon: float | None = None
