"""Reads a file of addresses by one COPY and replaces those that are there in one transaction."""

from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from .address_files import read_addresses
from .address_rows import AddressFileError
from .gazetteer import number_key, street_key
from .importing_places import PlaceCounts, import_places
from .locating import locate_rows
from .models import Address

_COLUMNS = "street, number, street_key, number_key, district_code, location"
_INCOMING = """
DROP TABLE IF EXISTS pg_temp.incoming_address;
CREATE TEMPORARY TABLE incoming_address (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, street text, number text, street_key text,
    number_key text, district_code text, location geometry(Point, 4326)
) ON COMMIT DROP
"""
_UNPLACED = "SELECT id, location AS place FROM incoming_address WHERE district_code = ''"
# An address that is listed twice for a district is one row; one whose place is known is kept.
_EXCHANGE = f"""
DELETE FROM districts_address;
INSERT INTO districts_address ({_COLUMNS})
SELECT DISTINCT ON (street, number, district_code) {_COLUMNS} FROM incoming_address
WHERE district_code <> '' ORDER BY street, number, district_code, location NULLS LAST, id;
DELETE FROM districts_street;
INSERT INTO districts_street (name, key)
SELECT street, min(street_key) FROM districts_address GROUP BY street;
ANALYZE districts_address, districts_street
"""  # noqa: S608 (constants only)


# A file with fewer than this share of what was there is one of another city, or of another format.
_LEAST_SHARE = 0.95


class TooFewAddresses(AddressFileError):
    """The file has none, or far fewer than the gazetteer has."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """How many addresses there are, and of how many the place is known."""

    addresses: int
    placed: int


@transaction.atomic
def import_gazetteer(
    path: Path, *, only: str = "", accept_fewer: bool = False
) -> tuple[Gazetteer | None, PlaceCounts | None]:
    """Replace the addresses, and from an OpenStreetMap extract the streets, crossings and places by
    name too; all of them or nothing. ``only``: "addresses" or "places".

    Returns what there is then of each that was imported. Raises what ``import_addresses`` and
    ``import_places`` raise, and ``AddressFileError`` if only places are wanted of a file of
    addresses.
    """
    is_extract = path.name.endswith(".pbf")
    if only == "places" and not is_extract:
        raise AddressFileError(_("Skrzyżowania i miejsca ma tylko plik OpenStreetMap (.osm.pbf)."))
    addresses = import_addresses(path, accept_fewer=accept_fewer) if only != "places" else None
    wants_places = is_extract and only != "addresses"
    return addresses, import_places(path, accept_fewer=accept_fewer) if wants_places else None


@transaction.atomic
def import_addresses(path: Path, *, accept_fewer: bool = False) -> Gazetteer:
    """Replace the gazetteer with the rows of ``path``; returns what it then holds.

    Rows without a district get the district of their place; those outside the city are left out.
    Raises ``AddressFileError`` (with the line), and ``TooFewAddresses`` if addresses or places
    become fewer by more than 5 %, unless ``accept_fewer``. The old gazetteer stays in both cases.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE districts_address IN SHARE ROW EXCLUSIVE MODE")
        before = _count()
        cursor.execute(_INCOMING)
        with cursor.copy(f"COPY incoming_address ({_COLUMNS}) FROM STDIN") as copy:
            for row in read_addresses(path):
                has_place = row.lat is not None
                copy.write_row(
                    (
                        row.street,
                        row.number,
                        street_key(row.street),
                        number_key(row.number),
                        row.district,
                        f"SRID=4326;POINT({row.lon} {row.lat})" if has_place else None,
                    )
                )
        cursor.executemany(
            "UPDATE incoming_address SET district_code = %s WHERE id = %s",
            [(code, pk) for pk, code in locate_rows(_UNPLACED) if code],
        )
        cursor.execute(_EXCHANGE)
    now = _count()
    if not now.addresses or (not accept_fewer and _is_far_fewer(now, before)):
        problem = _(
            "Plik ma %(now)s adresów, z położeniem %(now_placed)s; teraz jest ich %(before)s, z"
            " położeniem %(before_placed)s. Nic nie zmieniliśmy."
        )
        raise TooFewAddresses(
            problem
            % {
                "now": now.addresses,
                "now_placed": now.placed,
                "before": before.addresses,
                "before_placed": before.placed,
            }
        )
    return now


def _is_far_fewer(now: Gazetteer, before: Gazetteer) -> bool:
    return (
        now.addresses < _LEAST_SHARE * before.addresses or now.placed < _LEAST_SHARE * before.placed
    )


def _count() -> Gazetteer:
    return Gazetteer(**Address.objects.aggregate(addresses=Count("pk"), placed=Count("location")))
