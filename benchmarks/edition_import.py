"""A file of boundaries becomes a draft: 5,000 polygons with 500,000 vertices as GeoPackage in
EPSG:2178. Opened and read by children as an upload is, loaded in one transaction, checked. Then it
comes into force, and points are located in it and in the 36 osiedla, by turns.
"""

import os
import resource
import statistics
import time
from contextlib import contextmanager

import numpy as np
import shapely

from benchmarks.machine import Portal

COLUMNS, ROWS, PER_SIDE, LOCATED = 100, 50, 25, 2_000
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
    from districts.editions.flaws import find_flaws
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
    draft = load_division(draft, division, by=None, revision=None, name="bench")
    lap("loaded")
    find_flaws(draft)
    lap("all checks")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    whole = sum(times.values())
    steps = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in times.items())
    return [
        (f"{division.vertices} vertices: {steps}", f"{whole:.1f} s", "≤ 10 s"),
        ("memory of the child", f"{max(opened.megabytes, division.megabytes)} MB", "≤ 500 MB"),
        ("memory of the worker, Django included", f"{most} MB", "≤ 500 MB"),
        *located(draft),
    ]


def located(draft) -> list[tuple[str, str, str]]:
    """Once the draft is in force, points located in it and in the osiedla."""
    from django.contrib.gis.geos import Point

    from districts.editions.activating import activate_edition
    from districts.editions.approving import approve_edition
    from districts.editions.checking import check_edition, explain_finding
    from districts.editions.outlines_and_borders import refresh_index
    from districts.locating import locate
    from districts.models import OSIEDLA
    from tests.districts.editions.drafts import gis

    begun = time.perf_counter()
    checked = check_edition(draft, by=gis("gis"))
    refresh_index(concurrently=True)
    took = time.perf_counter() - begun
    for finding in checked.findings.all():
        explain_finding(finding, "bench", by=gis("gis"))
    activate_edition(approve_edition(checked, by=gis("gis2")), by=gis("gis"))
    chance = np.random.default_rng(1)
    points = [
        Point(*place, srid=4326)
        for place in zip(
            chance.uniform(19.42, 19.50, LOCATED),
            chance.uniform(51.74, 51.79, LOCATED),
            strict=True,
        )
    ]
    times: dict[str, list[float]] = {OSIEDLA: [], "bench": []}
    for point in points:
        for layer, values in times.items():
            begun = time.perf_counter()
            locate(point, layer=layer)
            values.append(time.perf_counter() - begun)
    few, many = (statistics.median(values) * 1000 for values in times.values())
    return [
        ("the same with outlines and borders kept", f"{took:.1f} s", "–"),
        ("locate with 36 polygons: median", f"{few:.2f} ms", "–"),
        ("locate with 5,000 polygons: median", f"{many:.2f} ms = {many / few:.2f}×", "≤ 2×"),
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
