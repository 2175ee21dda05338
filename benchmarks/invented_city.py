"""An invented city of 90,000 houses as a base map: a crooked grid of streets over the whole box."""

import time
from itertools import count, pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.machine import Portal
from tests.districts.extracts import write_extract

WEST, SOUTH, EAST, NORTH = 19.32, 51.68, 19.64, 51.87
EAST_STEP, NORTH_STEP = 0.00145, 0.0009  # some 100 m
HOUSES = 90_000


def install_base_map(portal: Portal) -> tuple[int, float]:
    """Make it by the portal's own command and put it in force; returns the bytes of its file, and
    the seconds that the command took.
    """
    with TemporaryDirectory() as folder:
        source = _write_city(Path(folder) / "city.osm.pbf")
        before = time.monotonic()
        command = ("manage.py", "make_basemap", str(source), "--accept-fewer")
        if portal.python(*command).wait():
            raise RuntimeError("the base map could not be made")
        seconds = time.monotonic() - before
    (made,) = Path(portal.environment["BASEMAP_DIR"]).glob("*.pmtiles")
    return made.stat().st_size, seconds


def _write_city(path: Path) -> Path:
    ids, chance = count(1), Random(7)
    nodes: dict = {}
    ways: dict = {}
    columns = round((EAST - WEST) / EAST_STEP)
    rows = round((NORTH - SOUTH) / NORTH_STEP)

    def node(east: float, north: float) -> int:
        pk = next(ids)
        # As crooked as what people draw: some ten metres.
        east, north = east + chance.gauss(0, 0.04), north + chance.gauss(0, 0.04)
        nodes[pk] = ((WEST + east * EAST_STEP, SOUTH + north * NORTH_STEP), {})
        return pk

    grid = [[node(column, row) for row in range(rows)] for column in range(columns)]
    kinds = ("residential", "residential", "tertiary", "residential", "secondary")
    for number, line in enumerate([*grid, *map(list, zip(*grid, strict=True))]):
        tags = {"highway": kinds[number % 5], "name": f"Ulica Zmyślona {number}"}
        for pair in pairwise(line):
            ways[next(ids)] = (list(pair), tags)
    houses = count()
    for column in range(columns - 1):
        for row in range(rows - 1):
            for east, north in ((0.15, 0.2), (0.15, 0.6)):
                if next(houses) >= HOUSES:
                    continue
                west, south = column + east, row + north
                corners = [
                    node(west, south),
                    node(west + 0.15, south),
                    node(west + 0.15, south + 0.25),
                    node(west, south + 0.25),
                ]
                tags = {"building": "yes", "addr:housenumber": str(row % 200)}
                ways[next(ids)] = ([*corners, corners[0]], tags)
    return write_extract(path, nodes, ways)
