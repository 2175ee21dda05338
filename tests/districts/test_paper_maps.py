"""Maps for paper: what they show, to scale, and what is read out instead."""

import re
from xml.etree import ElementTree

import pytest
import shapely
from django.contrib.gis.geos import GEOSGeometry

from districts.editions.change_sheet import draw_up_sheet
from districts.flattening import to_metres
from districts.models import StreetLine
from districts.paper_maps import draw_move, draw_overview
from tests.districts.editions.drafts import SIDE, SOUTH, WEST, approved, drafted, square

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def two():
    """Half of "b" goes to "a"."""
    before = approved("first", {"a": square(0), "b": square(1)})
    return before, drafted("second", {"a": square(0, wide=1.5), "b": square(1.5, wide=0.5)})


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def words_in(svg: str) -> list[str]:
    return [text.text for text in parse(svg).iter(f"{SVG}text")]


def test_pieces_have_the_numbers_of_the_table(two):
    sheet = draw_up_sheet(*two)
    drawing = draw_overview(two[1], sheet.moves)
    assert "1" in words_in(drawing)
    assert parse(drawing).find(f"{SVG}title").text.endswith("z tabeli: 1.")


def test_the_piece_and_the_bar_are_to_scale(two):
    """The piece is half a region wide: its width in units, by the bar, is that in metres."""
    [move] = draw_up_sheet(*two).moves
    drawing = draw_move(*two, move)
    paths = parse(drawing).findall(f"{SVG}path")
    [piece] = [path for path in paths if path.get("fill") == "#f28e2b"]
    numbers = [float(one) for one in re.findall(r"[\d.]+", piece.get("d"))]
    bar = re.search(r'd="M8 [\d.]+V[\d.]+H([\d.]+)V', drawing)
    metres = int(next(word for word in words_in(drawing) if word.endswith(" m")).split()[0])
    wide = (max(numbers[::2]) - min(numbers[::2])) * metres / (float(bar[1]) - 8)
    west, _south, east, _north = to_metres(move.piece.geometry).bounds
    assert wide == pytest.approx(east - west, rel=0.02)


def test_streets_and_districts_are_named(two):
    below = SOUTH - SIDE / 2
    along = shapely.MultiLineString([[(WEST - SIDE, below), (WEST + 3 * SIDE, below)]])
    line = GEOSGeometry(along.wkt, srid=4326)
    StreetLine.objects.create(name="Żeromskiego <1>", key="zeromskiego", line=line)
    [move] = draw_up_sheet(*two).moves
    assert {"Żeromskiego <1>", "A", "B"} <= set(words_in(draw_move(*two, move)))


def test_a_border_that_crosses_itself_is_drawn_too(two):
    bow = shapely.Polygon([(19.456, 51.77), (19.457, 51.771), (19.457, 51.77), (19.456, 51.771)])
    crossed = drafted("crossed", {"a": bow, "b": square(1)})
    sheet = draw_up_sheet(two[0], crossed)
    assert all(parse(draw_move(two[0], crossed, move)) is not None for move in sheet.moves)
