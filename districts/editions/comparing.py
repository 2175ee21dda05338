"""What differs between two editions of a layer: what moves from whom to whom, and how many people,
streets and addresses with it. A district is known by its code across editions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import shapely
from django.db import connection
from django.db.models import Count

from districts.flattening import to_metres, to_wgs84
from districts.models import Address, Descent, District, Edition

Word = Descent.Word
# What is smaller, in square metres, comes from rounding and is no change.
_LEAST_M2 = 1.0
# A district that gives this much of itself, or gets this much of itself from one other, gives or
# gets all: a border seldom stays the same to the centimetre.
_WHOLE = 0.95
# With fewer located addresses than this in a district, or in a gazetteer that locates but a few,
# its residents are shared by area: a piece without an address would else have nobody.
_ENOUGH_ADDRESSES = 30
_ENOUGH_OF_ALL = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """What moves from the district ``source`` to the district ``target`` (codes; "" is outside the
    layer). ``geometry``: EPSG:4326. ``residents``: None where the source does not say how many it
    has; by its share of the source's addresses, where enough of them are located, else of its area.
    ``addresses`` and ``streets``: those of the gazetteer whose place is known.
    """

    source: str
    target: str
    geometry: shapely.MultiPolygon
    m2: float
    residents: int | None = None
    addresses: int = 0
    streets: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """``pieces``: the largest first. ``descents``: unsaved rows, one for each pair of districts of
    which one gave something to the other or changed its name, and for what changed districts kept.
    ``names``: of the districts of both editions, by code, the later one's first. ``new`` and
    ``gone``: codes that only the later, or the earlier, edition has.
    """

    before: Edition
    after: Edition
    pieces: list[Piece]
    descents: list[Descent]
    names: Mapping[str, str]
    new: list[str]
    gone: list[str]

    def rows(self, word: str) -> list[Descent]:
        return [row for row in self.descents if row.word == word]


@dataclass(frozen=True, slots=True)
class _Place:
    """A district with its boundary in EPSG:4326."""

    code: str
    name: str
    borough: str
    population: int | None
    boundary: shapely.Geometry


def compare_editions(before: Edition, after: Edition) -> Comparison:
    """What becomes of the districts of ``before`` in ``after``. Areas are measured in EPSG:2180.

    Write-free. A draft may have invalid boundaries: they are made valid for the comparison.
    """
    old, new = _places_of(before), _places_of(after)
    same = {code for code in old.keys() & new.keys() if old[code].boundary == new[code].boundary}
    moved = _measure_pieces(old, new, same)
    pieces = _count_people(moved, old)
    descents = _descents(before, after, (old, new), same, pieces)
    names = {code: place.name for code, place in (old | new).items()}
    come, go = sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys())
    return Comparison(before, after, pieces, descents, names, come, go)


def record_descents(edition: Edition) -> None:
    """Write which district of ``edition`` came from which of the one that it was based on. The
    caller approves the edition in the same transaction; then the rows do not change any more.
    """
    edition.descents.all().delete()
    if edition.based_on is not None:
        Descent.objects.bulk_create(compare_editions(edition.based_on, edition).descents)


def _places_of(edition: Edition) -> dict[str, _Place]:
    rows = District.objects.filter(edition=edition).order_by("code")
    found = {}
    for code, name, borough, population, boundary in rows.values_list(
        "code", "name", "borough", "population", "boundary"
    ):
        shape = shapely.from_wkb(bytes(boundary.wkb))
        valid = shape if shape.is_valid else shapely.make_valid(shape)
        # Rings that begin elsewhere are the same rings.
        found[code] = _Place(code, name, borough, population, valid.normalize())
    return found


def _measure_pieces(
    old: Mapping[str, _Place], new: Mapping[str, _Place], same: set[str]
) -> list[Piece]:
    """The pieces without people, the largest first."""
    # Two districts that stay as they are do not overlap afterwards either.
    pairs = [
        (source, target)
        for source, target in _touching(old, new)
        if source != target and not (source in same and target in same)
    ]
    flat_old = _flatten(old, {one for one, _other in pairs} | (old.keys() - same))
    flat_new = _flatten(new, {other for _one, other in pairs} | (new.keys() - same))
    found = [
        (source, target, shapely.intersection(flat_old[source], flat_new[target]))
        for source, target in pairs
    ]
    outside_new = _outside(flat_old, flat_new, old.keys() - same)
    outside_old = _outside(flat_new, flat_old, new.keys() - same)
    found += [(code, "", rest) for code, rest in outside_new.items()]
    found += [("", code, rest) for code, rest in outside_old.items()]
    pieces = []
    for source, target, shape in found:
        areas = _areas_of(shape)
        if areas.area >= _LEAST_M2:
            pieces.append(Piece(source, target, to_wgs84(areas), areas.area))
    return sorted(pieces, key=lambda piece: (-piece.m2, piece.source, piece.target))


def _touching(old: Mapping[str, _Place], new: Mapping[str, _Place]) -> Iterable[tuple[str, str]]:
    if not old or not new:
        return []
    codes_old, codes_new = list(old), list(new)
    tree = shapely.STRtree([place.boundary for place in new.values()])
    found = tree.query([place.boundary for place in old.values()], predicate="intersects")
    return [(codes_old[one], codes_new[other]) for one, other in found.T]


def _flatten(places: Mapping[str, _Place], codes: Iterable[str]) -> dict[str, shapely.Geometry]:
    return {code: to_metres(places[code].boundary) for code in sorted(codes)}


def _outside(
    flat: Mapping[str, shapely.Geometry],
    others: Mapping[str, shapely.Geometry],
    codes: Iterable[str],
) -> dict[str, shapely.Geometry]:
    """Of each of ``codes``, what none of ``others`` covers."""
    tree, shapes = shapely.STRtree(list(others.values())), list(others.values())
    rest = {}
    for code in sorted(codes):
        near = [shapes[number] for number in tree.query(flat[code])]
        rest[code] = shapely.difference(flat[code], shapely.union_all(near)) if near else flat[code]
    return rest


def _areas_of(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """The polygons of a geometry; lines and points where districts only touch are left out."""
    parts = shapely.get_parts(shape)
    if shape.geom_type == "GeometryCollection":
        parts = shapely.get_parts(parts)
    return shapely.MultiPolygon([one for one in parts if one.geom_type == "Polygon"])


def _count_people(pieces: Sequence[Piece], old: Mapping[str, _Place]) -> list[Piece]:
    """The pieces with their residents, addresses and streets; three statements."""
    is_located = _most_addresses_are_located()
    counted = _count_addresses([piece.geometry for piece in pieces])
    sources = sorted({piece.source for piece in pieces if piece.source})
    whole = dict(
        zip(sources, _count_addresses([old[code].boundary for code in sources]), strict=True)
    )
    areas = _areas(old, sources)
    result = []
    for piece, (addresses, streets) in zip(pieces, counted, strict=True):
        residents = None
        population = old[piece.source].population if piece.source else None
        if population is not None:
            total = whole[piece.source][0]
            is_enough = is_located and total >= _ENOUGH_ADDRESSES
            share = addresses / total if is_enough else piece.m2 / areas[piece.source]
            residents = round(population * min(share, 1))
        result.append(replace(piece, residents=residents, addresses=addresses, streets=streets))
    return result


def _most_addresses_are_located() -> bool:
    count = Address.objects.aggregate(of_all=Count("pk"), located=Count("location"))
    return count["located"] >= count["of_all"] * _ENOUGH_OF_ALL


def _areas(places: Mapping[str, _Place], codes: Iterable[str]) -> dict[str, float]:
    """Square metres of the districts with these codes."""
    return {code: to_metres(places[code].boundary).area for code in codes}


def _count_addresses(shapes: Sequence[shapely.Geometry]) -> list[tuple[int, int]]:
    """For each geometry (EPSG:4326), how many located addresses lie in it, on how many streets."""
    counts = [(0, 0)] * len(shapes)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH asked AS MATERIALIZED ("
            "  SELECT number, ST_SetSRID(ST_GeomFromWKB(wkb), 4326) AS shape"
            "  FROM unnest(%s::bytea[]) WITH ORDINALITY AS given (wkb, number))"
            " SELECT asked.number, count(*), count(DISTINCT a.street)"
            " FROM asked JOIN districts_address a ON ST_Covers(shape, a.location)"
            " GROUP BY asked.number",
            [[shapely.to_wkb(shape) for shape in shapes]],
        )
        for number, addresses, streets in cursor.fetchall():
            counts[number - 1] = (addresses, streets)
    return counts


def _descents(
    before: Edition,
    after: Edition,
    places: tuple[Mapping[str, _Place], Mapping[str, _Place]],
    same: set[str],
    pieces: Sequence[Piece],
) -> list[Descent]:
    old, new = places
    touched = {code for piece in pieces for code in (piece.source, piece.target)} - {""}
    renamed = {
        code
        for code in old.keys() & new.keys()
        if (old[code].name, old[code].borough) != (new[code].name, new[code].borough)
    }
    changed = (old.keys() ^ new.keys()) | touched | renamed
    area_old, area_new = _areas(old, old.keys() & changed), _areas(new, new.keys() & changed)
    rows = [_row(piece, area_old, area_new, old) for piece in pieces]
    for code in sorted(old.keys() & new.keys() & changed):
        left = [piece for piece in pieces if piece.source == code]
        kept_m2 = max(area_old[code] - sum(piece.m2 for piece in left), 0.0)
        population = old[code].population
        residents = None
        if population is not None:
            residents = max(population - sum(piece.residents or 0 for piece in left), 0)
        empty = shapely.MultiPolygon()
        row = _row(Piece(code, code, empty, kept_m2, residents), area_old, area_new, old)
        row.word = Word.RENAMED if code in renamed else Word.KEPT
        rows.append(row)
    for row in rows:
        row.before, row.edition = before, after
        if row.source_code != row.code:
            row.word = _word_of(row, is_new=row.code not in old, is_gone=row.source_code not in new)
    return sorted(rows, key=lambda row: (row.source_code, -row.m2, row.code))


def _row(
    piece: Piece,
    area_old: Mapping[str, float],
    area_new: Mapping[str, float],
    old: Mapping[str, _Place],
) -> Descent:
    population = old[piece.source].population if piece.source else None
    by_people = None
    if population and piece.residents is not None:
        by_people = piece.residents / population
    return Descent(
        source_code=piece.source,
        code=piece.target,
        m2=piece.m2,
        share=min(piece.m2 / area_old[piece.source], 1) if piece.source else 0,
        part=min(piece.m2 / area_new[piece.target], 1) if piece.target else 0,
        residents=piece.residents,
        residents_share=by_people,
    )


def _word_of(row: Descent, *, is_new: bool, is_gone: bool) -> Descent.Word:
    """What a piece that went from one district to another says of the two."""
    if not row.source_code or not row.code:
        return Word.OUTSIDE
    gives_all = is_gone and row.share >= _WHOLE
    if gives_all and is_new and row.part >= _WHOLE:
        return Word.RENAMED
    if gives_all:
        return Word.MERGED
    return Word.SPLIT if is_new else Word.MOVED
