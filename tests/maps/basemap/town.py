"""A small OpenStreetMap extract around Piotrkowska.

The names of streets, their order and the tram in Kościuszki are real. Everything else is invented:
the grid is straight, houses stand in rows, numbers are counted along the street, and the pond, the
paths and the railway are where there was room. Each invented object says so in its tag ``note``.
"""

from itertools import count
from pathlib import Path

from tests.districts.extracts import at, write_extract

INVENTED = {"note": "invented for tests"}
# Steps of 100 m from the city hall, west to east and north to south.
NORTH_SOUTH = {
    "Gdańska": -5.0,
    "Wólczańska": -3.5,
    "Aleja Tadeusza Kościuszki": -1.8,
    "Piotrkowska": 0.0,
    "Henryka Sienkiewicza": 1.9,
    "Jana Kilińskiego": 3.8,
}
# The name west of Piotrkowska, the one east of it.
WEST_EAST = {
    ("Zielona", "Gabriela Narutowicza"): 6.0,
    ("6 Sierpnia", "Romualda Traugutta"): 4.0,
    ("Andrzeja Struga", "Juliana Tuwima"): 2.0,
    ("Ludwika Zamenhofa", "Nawrot"): -1.5,
    ("Żwirki", "Franklina Delano Roosevelta"): -3.5,
    ("Aleja Adama Mickiewicza", "Aleja Józefa Piłsudskiego"): -6.0,
}
_KINDS = {
    "Piotrkowska": "pedestrian",
    "Aleja Tadeusza Kościuszki": "secondary",
    "Gabriela Narutowicza": "tertiary",
    "Zielona": "tertiary",
    "Aleja Adama Mickiewicza": "primary",
    "Aleja Józefa Piłsudskiego": "primary",
}
_WEST_END, _EAST_END, _NORTH_END, _SOUTH_END = -6.0, 5.5, 7.0, -7.0
CENTRE = at(0, -1.5)  # Piotrkowska / Nawrot


class _Town:
    def __init__(self) -> None:
        self.nodes: dict = {}
        self.ways: dict = {}
        self._ids = count(1)
        self._known: dict[tuple[float, float], int] = {}

    def point(self, east: float, north: float, **tags: str) -> int:
        """One place is one node, so that streets that meet share it."""
        key = (round(east, 4), round(north, 4))
        if key not in self._known:
            self._known[key] = next(self._ids)
            self.nodes[self._known[key]] = (at(*key), {})
        if tags:
            self.nodes[self._known[key]] = (at(*key), tags | INVENTED)
        return self._known[key]

    def line(self, *places: tuple[float, float], **tags: str) -> None:
        self.ways[next(self._ids)] = ([self.point(*place) for place in places], tags | INVENTED)

    def area(self, west: float, south: float, east: float, north: float, **tags: str) -> None:
        corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        self.line(*corners, **tags)


def write_town(path: Path) -> Path:
    town = _Town()
    _draw_streets(town)
    _draw_rails(town)
    _draw_houses(town)
    _draw_green(town)
    town.point(-1.0, 0.4, place="city", name="Łódź")
    return write_extract(path, town.nodes, town.ways)


def _draw_streets(town: _Town) -> None:
    rows = sorted(WEST_EAST.values(), reverse=True)
    for name, east in NORTH_SOUTH.items():
        places = [(east, north) for north in (_NORTH_END, *rows, _SOUTH_END)]
        town.line(*places, highway=_KINDS.get(name, "residential"), name=name)
    columns = sorted(NORTH_SOUTH.values())
    for (west_name, east_name), north in WEST_EAST.items():
        west = [(_WEST_END, north)] + [(east, north) for east in columns if east <= 0]
        east = [(east, north) for east in columns if east >= 0] + [(_EAST_END, north)]
        town.line(*west, highway=_KINDS.get(west_name, "residential"), name=west_name)
        town.line(*east, highway=_KINDS.get(east_name, "residential"), name=east_name)


def _draw_rails(town: _Town) -> None:
    tram = NORTH_SOUTH["Aleja Tadeusza Kościuszki"] + 0.05
    places = [(tram, north) for north in (_NORTH_END, -6.05)] + [(_EAST_END, -6.05)]
    town.line(*places, railway="tram")
    town.point(tram, 1.7, railway="tram_stop", name="Kościuszki – Struga")
    town.point(tram, -1.2, railway="tram_stop", name="Zamenhofa")
    town.point(tram + 0.4, -6.05, railway="tram_stop", name="Piotrkowska Centrum")
    town.point(1.6, 1.85, highway="bus_stop", name="Sienkiewicza – Tuwima")
    town.line((4.9, _NORTH_END), (5.2, 0.0), (5.0, _SOUTH_END), railway="rail")


def _draw_houses(town: _Town) -> None:
    """A row on each side of each street that runs south: odd numbers west, even ones east."""
    rows = sorted(WEST_EAST.values(), reverse=True)
    for name, east in NORTH_SOUTH.items():
        number = 1
        for north, south in zip([_NORTH_END, *rows], [*rows, _SOUTH_END], strict=True):
            top = north - 0.15
            while top - 0.3 > south + 0.1:
                for side in (-1, 1):
                    if name == "Henryka Sienkiewicza" and side == 1 and -1.2 < top < 1.9:
                        continue  # the park
                    near, far = east + side * 0.13, east + side * 0.42
                    tags = {"addr:street": name, "addr:housenumber": str(number + (side + 1) // 2)}
                    box = (min(near, far), top - 0.27, max(near, far), top)
                    town.area(*box, building="yes", **tags)
                number += 2
                top -= 0.32


def _draw_green(town: _Town) -> None:
    town.area(2.1, -1.2, 3.3, 1.7, leisure="park", name="Park im. Henryka Sienkiewicza")
    town.area(2.5, 0.1, 2.9, 0.6, natural="water", water="pond", name="Staw")
    town.line((1.9, 0.9), (2.4, 0.9), (3.0, -0.6), (3.8, -0.6), highway="footway")
    town.line((1.9, 1.4), (3.8, 1.4), highway="cycleway")
    town.area(-3.0, -5.6, -2.2, -4.2, landuse="grass")
    town.area(0.6, -5.2, 1.4, -4.4, amenity="school", name="Szkoła")
    town.line(
        (-6.0, -4.6), (-5.2, -5.2), (-3.6, -6.6), (-3.2, -7.0), waterway="stream", name="Rzeczka"
    )
