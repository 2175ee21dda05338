"""A file of boundaries becomes a draft: 5,000 polygons with 500,000 vertices as GeoPackage in
EPSG:2178. Opened and read by children as an upload is, then loaded in one transaction.
"""

import os
import resource
import time
from contextlib import contextmanager

import numpy as np
import shapely

from benchmarks.machine import Portal

COLUMNS, ROWS, PER_SIDE = 100, 50, 25
WEST, SOUTH, EAST, NORTH = 19.35, 51.70, 19.60, 51.85


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with database():
        return measured()


@contextmanager
def database():
    """A new database with the districts, for this process; dropped afterwards."""
    portal = Portal(0)
    portal.create()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geo_portal.settings")
    import django

    django.setup()
    try:
        yield
    finally:
        from django.db import connections

        from districts.editions.uploading.child import children

        children.end()
        connections.close_all()
        connections["default"].close_pool()
        portal.drop()


def measured() -> list[tuple[str, str, str]]:
    from districts.editions.drafting import begin_draft
    from districts.editions.uploading.loading import (
        Choice,
        load_division,
        open_in_child,
        read_division,
    )
    from districts.editions.uploading.looking import layers_of
    from districts.models import Layer
    from tests.districts.editions.files import written

    content = written("gpkg", squares(), crs=2178)
    layer = Layer.objects.create(pk="bench", name="bench")
    times, start = {}, time.perf_counter()

    def lap(name: str) -> None:
        nonlocal start
        times[name], start = time.perf_counter() - start, time.perf_counter()

    opened = open_in_child("look", io_file(content))
    layers_of(opened)
    lap("looked at")
    choice = Choice("osiedla", {"code": "kod", "name": "nazwa"})
    division = read_division(io_file(content), choice, known={})
    lap("read")
    draft = begin_draft(layer, "bench", by=None, source="x", credit="x")
    load_division(draft, division, by=None, revision=None, name="bench")
    lap("loaded")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    whole = sum(times.values())
    steps = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in times.items())
    return [
        (f"{division.vertices} vertices: {steps}", f"{whole:.1f} s", "≤ 10 s with all checks"),
        ("memory of the child", f"{max(opened.megabytes, division.megabytes)} MB", "≤ 500 MB"),
        ("memory of the worker, Django included", f"{most} MB", "≤ 500 MB"),
    ]


def io_file(content: bytes):
    from tempfile import TemporaryFile

    file = TemporaryFile()  # noqa: SIM115 - the caller keeps it
    file.write(content)
    file.seek(0)
    return file


def squares() -> list[dict[str, object]]:
    """A grid of the city whose sides have ``PER_SIDE`` vertices each, shared by neighbours."""
    wide, high = (EAST - WEST) / COLUMNS, (NORTH - SOUTH) / ROWS
    steps = np.arange(PER_SIDE) / PER_SIDE
    rows = []
    for column in range(COLUMNS):
        for row in range(ROWS):
            west, south = WEST + column * wide, SOUTH + row * high
            along = np.concatenate(
                [
                    np.column_stack([steps, np.zeros(PER_SIDE)]),
                    np.column_stack([np.ones(PER_SIDE), steps]),
                    np.column_stack([1 - steps, np.ones(PER_SIDE)]),
                    np.column_stack([np.zeros(PER_SIDE), 1 - steps]),
                ]
            )
            shape = shapely.Polygon(along * [wide, high] + [west, south])
            name = f"{column}-{row}"
            rows.append({"kod": name, "nazwa": name, "geometry": shape})
    return rows
