"""GeoJSON from outside is read strictly: longitude first, two finite numbers, nothing else."""

import math

import pytest

from districts.geojson import GeometryRefused, read_extent, read_point

HALL = [19.4571, 51.7652]


def test_a_point_is_read_with_the_longitude_first():
    found = read_point({"type": "Point", "coordinates": HALL})
    assert (found.x, found.y, found.srid) == (*HALL, 4326)


@pytest.mark.parametrize(
    ("coordinates", "why"),
    [
        (None, "skończonymi"),
        ("19.4571,51.7652", "skończonymi"),
        ([19.4571], "skończonymi"),
        ([*HALL, 200], "skończonymi"),
        (["19.4571", 51.7652], "skończonymi"),
        ([19.4571, None], "skończonymi"),
        ([math.nan, 51.7652], "skończonymi"),
        ([19.4571, math.inf], "skończonymi"),
        ([180.1, 51.7652], "poza zakresem"),
        ([19.4571, -90.1], "poza zakresem"),
        (HALL[::-1], "zamienione"),
    ],
)
def test_what_is_no_pair_of_degrees_is_refused(coordinates, why):
    with pytest.raises(GeometryRefused, match=why):
        read_point({"type": "Point", "coordinates": coordinates})


@pytest.mark.parametrize(
    "value", [None, [], {}, {"type": "Point"}, {"type": "Point", "coordinates": HALL, "crs": 1}]
)
def test_what_is_no_point_is_refused(value):
    with pytest.raises(GeometryRefused, match="punkt GeoJSON"):
        read_point(value)


def test_a_line_is_read_corner_by_corner():
    found = read_extent({"type": "LineString", "coordinates": [HALL, [19.46, 51.77]]})
    assert (found.coords, found.srid) == ((tuple(HALL), (19.46, 51.77)), 4326)


def test_an_area_that_is_not_closed_is_refused():
    ring = [HALL, [19.46, 51.7652], [19.46, 51.77], [19.4571, 51.77]]
    assert read_extent({"type": "Polygon", "coordinates": [[*ring, HALL]]}).num_coords == 5
    with pytest.raises(GeometryRefused, match="pierścieniem"):
        read_extent({"type": "Polygon", "coordinates": [ring]})
