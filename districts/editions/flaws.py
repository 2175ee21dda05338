"""What can be wrong with an edition, or has to be said by a person to be meant. Write-free."""

from collections.abc import Sequence

import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.contrib.gis.geos import GEOSGeometry

from districts.models import OSIEDLA, Address, Edition, StreetLine
from districts.signals import codes_in_use

from .differing import Named, find_differences, find_missing_codes
from .fitting import Fit
from .found import Found, Kind, Unit
from .measuring import made_valid, metres

# Streets and addresses that a finding names.
_NAMED = 20


def city_outline() -> shapely.Geometry | None:
    """The city (EPSG:4326) as the osiedla in force draw it; None before their first edition."""
    edition = Edition.objects.in_force_or_none(OSIEDLA)
    if edition is None:
        return None
    grounds = [row.ground for row in districts_of(edition).values()]
    return shapely.coverage_union_all(grounds)


def districts_of(edition: Edition) -> dict[str, Named]:
    """By code, the districts of an edition with their ground made valid."""
    rows = edition.districts.values_list("code", "name", "borough", AsWKB("boundary"))
    return {
        code: Named(name, borough, made_valid(shapely.from_wkb(bytes(wkb))))
        for code, name, borough, wkb in rows
    }


def find_overlaps(edition: Edition) -> list[Found]:
    """Ground that two districts of an edition claim."""
    shapes = {code: row.ground for code, row in districts_of(edition).items()}
    return list(Fit(shapes, outline=None, covers_city=False).find_overlaps()) if shapes else []


def find_flaws(draft: Edition) -> list[Found]:
    """Everything that the checks find in the districts of a draft as they are now. Write-free."""
    rows = list(draft.districts.values_list("code", "name", "borough", AsWKB("boundary")))
    shapes = {code: shapely.from_wkb(bytes(wkb)) for code, _name, _borough, wkb in rows}
    city = city_outline()
    fit = Fit(shapes, outline=city, covers_city=draft.layer.covers_city)
    after = {
        code: Named(name, borough, ground)
        for (code, name, borough, _wkb), ground in zip(rows, fit.polygons, strict=True)
    }
    before = districts_of(draft.based_on) if draft.based_on else {}
    answers = codes_in_use.send(sender=Edition, layer=draft.layer_id)
    used = set[str]().union(*(codes for _receiver, codes in answers if codes))
    found = [
        *fit.find_misfits(),
        *(find_differences(before, after) if draft.based_on else ()),
        *find_missing_codes(used, after.keys(), before, city or shapely.Point()),
        *_find_left_out(_lost_ground(fit, before)),
    ]
    if draft.layer_id == OSIEDLA:
        found += _find_unplaced(before, after)
    # Two pieces may be the same for a person, such as two tiny gaps beside each other.
    return list({one.key: one for one in found}.values())


def _lost_ground(fit: Fit, before: dict[str, Named]) -> Sequence[shapely.Geometry]:
    """The ground that should have a district: of the city, or of what had one before."""
    if fit.covers_city or not before:
        return fit.missing if fit.covers_city else []
    had = shapely.coverage_union_all([row.ground for row in before.values()])
    return [had.difference(fit.whole)]


def _find_left_out(grounds: Sequence[shapely.Geometry]) -> list[Found]:
    """Streets and addresses of the gazetteer in ground that has no district."""
    if not grounds or all(ground.is_empty for ground in grounds):
        return []
    lost = shapely.union_all(grounds)
    where = GEOSGeometry(memoryview(shapely.to_wkb(lost)), srid=4326)
    found = []
    addresses = Address.objects.filter(location__within=where).order_by("street", "number")
    if labels := {str(row): row.location.coords for row in addresses if row.location}:
        place = shapely.MultiPoint(list(labels.values()))
        named = {"named": list(labels)[:_NAMED]}
        found.append(Found(Kind.ADDRESSES, (), place, len(labels), Unit.PIECES, named))
    streets = StreetLine.objects.filter(line__intersects=where).order_by("name")
    inside = {row.name: shapely.from_wkb(bytes(row.line.wkb)) & lost for row in streets}
    lengths = metres(list(inside.values()))
    long = [name for name, length in zip(inside, lengths, strict=True) if length > 1]
    if long:
        place = shapely.union_all([inside[name] for name in long])
        found.append(
            Found(
                Kind.STREETS, (), place, sum(metres([place])), Unit.METRES, {"named": long[:_NAMED]}
            )
        )
    return found


def _find_unplaced(before: dict[str, Named], after: dict[str, Named]) -> list[Found]:
    """Addresses of which only a district is known that the edition does not have any more."""
    found = []
    for code in before.keys() - after.keys():
        listed = Address.objects.filter(location__isnull=True, district_code=code)
        if count := listed.count():
            named = [str(row) for row in listed.order_by("street", "number")[:_NAMED]]
            details = {"named": named}
            place = before[code].ground
            found.append(Found(Kind.ADDRESSES, (code,), place, count, Unit.PIECES, details))
    return found
