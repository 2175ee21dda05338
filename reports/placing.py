"""Where a report lies: a point, with a side if a border is near; or a line or an area."""

from dataclasses import dataclass, field

from django.contrib.gis.geos import Point
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from districts.covering import Extent, Share, find_cover
from districts.describing import Near, find_near, roughly
from districts.gazetteer import FoundPlace, parse_coordinates
from districts.locating import Placement, locate
from districts.models import District
from districts.searching import find_by_words
from web.errors import PortalError

from .models import Report, TouchedDistrict
from .sides import is_near_border, on_side


class PlaceContradicts(PortalError):
    """Pin and address lie in two districts. ``pin`` and ``address``: the districts."""

    code = "place_contradicts"
    status = 422
    field = "place"
    detail = _("Pinezka stoi w osiedlu %(pin)s, a adres %(address)s leży w osiedlu %(district)s.")

    def __init__(self, pin: District, address: District, *, label: str) -> None:
        self.pin, self.address = pin, address
        words = {"pin": pin.name, "address": label, "district": address.name}
        super().__init__(
            str(self.detail) % words,
            pin={"code": pin.code, "name": pin.name},
            address={"code": address.code, "name": address.name},
        )


class UnknownPlace(PortalError):
    """Words that name no place, or a street in several districts."""

    code = "unknown_place"
    status = 422
    field = "place"
    detail = _("Nie znamy takiego adresu w Łodzi. Sprawdź pisownię albo podaj współrzędne.")


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenPlace:
    """Where somebody says that the matter is: ``extent`` if there is one, else ``location`` (both
    EPSG:4326).

    ``side``: code of the district that they chose near a border, "" if they were asked and did not
    say, None if nobody asked. ``accuracy``: metres by which their device may err.
    ``is_approximate``: only the district of ``address`` is known; ``location`` is its label point.
    """

    location: Point | None = None
    extent: Extent | None = None
    address: str = ""
    is_approximate: bool = False
    side: str | None = None
    accuracy: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The place that the portal found, with everything that a report keeps of it.

    ``side`` is empty if nobody was asked. ``shares``: the districts that ``extent`` touches.
    """

    placement: Placement
    location: Point
    extent: Extent | None = None
    shares: list[Share] = field(default_factory=list)
    address: str = ""
    is_approximate: bool = False
    side: str = ""
    accuracy: float | None = None


def read_place(text: str) -> GivenPlace:
    """The place that ``text`` names: coordinates, an address, a crossing, or a place by name. One
    that is large is known as exactly as it is wide. Raises ``UnknownPlace``.
    """
    if point := parse_coordinates(text):
        return GivenPlace(location=point)
    found = find_by_words(text)
    if found is None:
        raise UnknownPlace
    if found.district is None:
        raise UnknownPlace(_several(found))
    if found.location and found.is_large:
        return GivenPlace(location=found.location, address=text, accuracy=found.reach)
    if found.location:
        return GivenPlace(location=found.location, address=text)
    return GivenPlace(location=found.district.label_point, address=text, is_approximate=True)


def _several(found: FoundPlace) -> str:
    names = ", ".join(district.name for district in found.districts)
    if found.kind:
        several = gettext(
            "%(place)s: takich miejsc jest kilka (osiedla: %(names)s). Podaj adres obok albo wskaż"
            " miejsce na mapie."
        )
        return several % {"place": found.label, "names": names}
    several = gettext(
        "Ulica %(street)s biegnie przez kilka osiedli (%(names)s). Dopisz numer domu albo"
        " wskaż miejsce na mapie."
    )
    return several % {"street": found.street, "names": names}


def find_place(given: GivenPlace) -> Place:
    """The place, located in the edition of boundaries in force. Raises ``OutsideCity``,
    ``SideNeeded``, ``ExtentRefused`` and ``PlaceContradicts``; ``ValueError`` if neither a location
    nor an extent is given.
    """
    if given.extent is not None:
        found = find_cover(given.extent)
        placement, location, side, shares = found.placement, found.point, "", found.shares
    elif given.location is not None:
        placement, location, side, shares = locate(given.location), given.location, "", []
        _check_address(placement, given)
        if given.side is not None:
            placement = on_side(
                placement, given.side, point=given.location, accuracy=given.accuracy
            )
            is_near = is_near_border(placement, given.accuracy, point=location)
            side = given.side if is_near else ""
    else:
        raise ValueError("a location or an extent is needed")
    return Place(
        placement=placement,
        location=location,
        extent=given.extent,
        shares=shares,
        address=given.address,
        is_approximate=given.is_approximate,
        side=side,
        accuracy=given.accuracy,
    )


def _check_address(placement: Placement, given: GivenPlace) -> None:
    """Refuse a pin and a known address of two districts. Across a border that is near, both may
    mean the same place; so they may anywhere in a large place that the address names.
    """
    if given.is_approximate or given.location is None or not given.address:
        return
    address = find_by_words(given.address)
    if address is None or address.district is None or _lies_within(given.location, address):
        return
    code = address.district.code
    beside = placement.neighbour and placement.neighbour.code
    if code != placement.district.code and not (
        code == beside and is_near_border(placement, given.accuracy)
    ):
        raise PlaceContradicts(placement.district, address.district, label=address.label)


def _lies_within(point: Point, place: FoundPlace) -> bool:
    return place.location is not None and _metres_between(point, place.location) <= place.reach


def _metres_between(point: Point, other: Point) -> float:
    """Both in EPSG:4326; measured in PL-1992."""
    flat, other_flat = (one.transform(2180, clone=True) for one in (point, other))
    return flat.distance(other_flat)


def write_place(report: Report, place: Place) -> None:
    """Set all of ``place`` on ``report``, which the caller saves.

    If the report is already stored, its touched districts are replaced at once. For a new report,
    the caller calls ``write_shares`` after saving it.
    """
    report.location, report.extent = place.location, place.extent
    report.address, report.is_approximate = place.address, place.is_approximate
    report.near = _near(place)
    report.side, report.accuracy = place.side, place.accuracy
    report.district = place.placement.district
    report.metres_to_border = place.placement.metres_to_border
    if report.pk:
        report.touched.all().delete()
        write_shares(report, place.shares)


def place_in_trail(report: Report) -> dict[str, object]:
    """What the trail keeps of the place of ``report`` before it is corrected: longitude and
    latitude (EPSG:4326), and the address if the gazetteer has it. Other words may be about people.
    """
    address = find_by_words(report.address) if report.address else None
    return {
        "was": list(report.location.coords),
        "was_address": address.label if address else "",
    }


def _near(place: Place) -> Near:
    """The place that was chosen by words, if only its district is known, or if it is large and the
    pin still stands where it was put for it; else what is nearest.
    """
    is_rough = place.is_approximate or place.accuracy
    found = find_by_words(place.address) if is_rough and place.address else None
    if place.is_approximate:
        return {"address": found.label, "metres": 0, "way": 0} if found else {}
    is_where_put = (
        found is not None
        and found.location is not None
        and place.accuracy == found.reach
        and _metres_between(place.location, found.location) < 1
    )
    if found is not None and is_where_put:
        return {"address": found.label, "metres": 0, "way": 0, "about": roughly(found.reach)}
    return find_near(place.location)


def write_shares(report: Report, shares: list[Share]) -> None:
    """Write the districts that the report's extent touches, each with the part that lies in it."""
    TouchedDistrict.objects.bulk_create(
        TouchedDistrict(report=report, district=share.district, part=share.part) for share in shares
    )
