"""The state register of addresses (PRG, GML) as it is published, in the models of 2012 and 2021.

In the first a point holds the names of its street and city; in the second it refers to elements of
their own, anywhere in the file: https://opendata.geoportal.gov.pl/prg/schemas/prgad/1.0/PRGAD.xsd.
"""

from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from .address_rows import CITY, AddressFileError, AddressRow

_REGISTER_SRID = 2180
_POINT_2012 = "PRG_PunktAdresowy"
_POINT_2021, _STREET_2021, _CITY_2021 = "AD_PunktAdresowy", "AD_UlicaPlac", "AD_Miejscowosc"
_ID = "{http://www.opengis.net/gml/3.2}id"
_REFERENCE = "{http://www.w3.org/1999/xlink}href"


def read_register(file: IO[bytes]) -> Iterator[AddressRow]:
    """Address points of the city that stand on a street. Raises ``AddressFileError``."""
    names: dict[str, str] = {}
    # Points that wait for the names, which may come after them: number, place, city, street.
    waiting: list[tuple[str, str, str, str]] = []
    try:
        # An administrator chose this file, so it is trusted. Each element is cleared once it has
        # been read, so that a large file does not fill the memory.
        for _event, element in ElementTree.iterparse(file):  # noqa: S314
            kind = _local_name(element)
            if kind not in (_POINT_2012, _POINT_2021, _STREET_2021, _CITY_2021):
                continue
            texts = {_local_name(part): (part.text or "").strip() for part in element.iter()}
            refers_to = {
                _local_name(part): part.get(_REFERENCE, "").removeprefix("#") for part in element
            }
            own_id = element.get(_ID, "")
            element.clear()
            number, place = texts.get("numerPorzadkowy", ""), texts.get("pos", "")
            if kind == _POINT_2021:
                if street := refers_to.get("ulica2"):
                    waiting.append((number, place, refers_to.get("miejscowosc", ""), street))
            elif kind == _POINT_2012:
                if texts.get("miejscowosc") == CITY and texts.get("ulica"):
                    yield _row(texts["ulica"], number, place)
            else:
                names[own_id] = texts.get("nazwaPelna") or texts.get("nazwa", "")
    except ElementTree.ParseError as wrong:
        problem = _("To nie jest plik rejestru adresów: %(reason)s")
        raise AddressFileError(problem % {"reason": wrong}) from wrong
    for number, place, city, street in waiting:
        if names.get(city) == CITY and names.get(street):
            yield _row(names[street], number, place)


def _row(street: str, number: str, place: str) -> AddressRow:
    """``place``: northing and easting in EPSG:2180, as the register writes them."""
    try:
        northing, easting = map(float, place.split()[:2])
        if not number:
            raise ValueError("no number")
    except ValueError as wrong:
        problem = _("Punkt „%(street)s” nie ma numeru albo położenia.")
        raise AddressFileError(problem % {"street": street}) from wrong
    point = Point(easting, northing, srid=_REGISTER_SRID)
    point.transform(4326)
    return AddressRow(street, number, "", round(point.y, 6), round(point.x, 6))


def _local_name(element: ElementTree.Element) -> str:
    """The element's name without its namespace, which differs between issues of the file."""
    return element.tag.rpartition("}")[2]
