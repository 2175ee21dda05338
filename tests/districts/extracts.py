"""Small OpenStreetMap extracts for tests."""

from pathlib import Path

import osmium

# Where tests draw their streets: in Katedralna, far from its border. A step is about 100 m.
WEST, SOUTH = 19.4571, 51.7652
EAST_STEP, NORTH_STEP = 0.00145, 0.0009


def at(east: float, north: float) -> tuple[float, float]:
    """Longitude and latitude, so many steps of 100 m from the city hall."""
    return WEST + east * EAST_STEP, SOUTH + north * NORTH_STEP


def write_extract(path: Path, nodes: dict, ways: dict, relations: dict | None = None) -> Path:
    """``nodes``: (place, tags) by id; ``ways``: (ids of nodes, tags); ``relations``: (ids of outer
    ways, tags).
    """
    path.unlink(missing_ok=True)
    with osmium.SimpleWriter(path) as writer:
        for pk, (place, tags) in nodes.items():
            writer.add_node(osmium.osm.mutable.Node(id=pk, location=place, tags=tags))
        for pk, (corners, tags) in ways.items():
            writer.add_way(osmium.osm.mutable.Way(id=pk, nodes=corners, tags=tags))
        for pk, (outer, tags) in (relations or {}).items():
            members = [("w", way, "outer") for way in outer]
            tags = {"type": "multipolygon"} | tags
            writer.add_relation(osmium.osm.mutable.Relation(id=pk, members=members, tags=tags))
    return path


def street(name: str, kind: str = "residential", **more: str) -> dict:
    return {"highway": kind, "name": name} | more
