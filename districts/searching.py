"""What a whole text names: an address, a crossing, or a place by name."""

from .crossings import find_crossing
from .gazetteer import FoundPlace, find_address
from .named_places import find_named_place, kinds_in


def find_by_words(text: str) -> FoundPlace | None:
    """The place that ``text`` names, whatever its spelling; None if nothing bears that name.

    A street alone comes before what is named after it, as stops are, unless the text says what it
    is: "Zgierska" is the street, "przystanek Zgierska" the stop.
    """
    if crossing := find_crossing(text):
        return crossing
    address = find_address(text)
    if address and address.number:
        return address
    named = find_named_place(text)
    if address is None or (named and named.kind in kinds_in(text)):
        return named or address
    return address
