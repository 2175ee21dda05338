"""The districts in force come back the same from every format and coordinate system."""

import pytest
import shapely

from districts.editions.drafting import Shape, shapes_of, undo_change
from districts.flattening import to_metres
from districts.models import DraftChange, Edition, EditionUpload
from tests.districts.editions.files import districts_in_force, written
from tests.districts.places import budget_points, geocoded_addresses, needs_data

from .steps import draft, loaded, uploaded

pytestmark = pytest.mark.django_db
State = EditionUpload.State
EVERYWHERE = [
    (kind, crs)
    for kind in ("gpkg", "shp", "geojson", "gml", "fgb")
    for crs in (2177, 2178, 2180, 3857, 4326)
] + [("kml", 4326)]


def area(shape: Shape) -> float:
    """Square metres."""
    return to_metres(shape.boundary).area


@pytest.mark.parametrize(("kind", "crs"), EVERYWHERE)
def test_every_district_keeps_its_area_name_and_borough(kind, crs):
    base, target = shapes_of(Edition.objects.in_force()), draft()
    upload = loaded(uploaded(target, written(kind, districts_in_force(), crs=crs)))
    assert (upload.state, upload.problems, upload.notes) == (State.LOADED, [], [])
    got = shapes_of(target)
    assert set(got) == set(base)
    for code, one in base.items():
        assert area(got[code]) == pytest.approx(area(one), rel=1e-4), code
        words = ("name", "borough", "teryt", "population")
        assert [getattr(got[code], w) for w in words] == [getattr(one, w) for w in words]


@needs_data
def test_every_labelled_point_keeps_its_district():
    """By way of another coordinate system and back."""
    target = draft()
    loaded(uploaded(target, written("gml", districts_in_force(), crs=2180)))
    places = [
        shapely.Point(place.coords) for _id, _name, place in budget_points() + geocoded_addresses()
    ]
    assert len(places) > 1000
    assert located(places, target) == located(places, Edition.objects.in_force())


def located(places: list[shapely.Point], edition: Edition) -> list[set[str]]:
    shapes = shapes_of(edition)
    codes, found = list(shapes), [set() for _place in places]
    tree = shapely.STRtree([one.boundary for one in shapes.values()])
    for place, hit in tree.query(places, "intersects").T:
        found[place].add(codes[hit])
    return found


def test_a_border_that_nobody_moved_is_the_same_number_again():
    base, target = shapes_of(Edition.objects.in_force()), draft()
    loaded(uploaded(target, written("gpkg", districts_in_force(), crs=2178)))
    for code, one in shapes_of(target).items():
        assert shapely.equals_exact(one.boundary, base[code].boundary, tolerance=0), code


def test_a_file_makes_the_draft_whole_and_can_be_undone():
    target = draft()
    rows = districts_in_force()
    upload = loaded(uploaded(target, written("fgb", rows[1:]), name="nowe.fgb"))
    assert upload.state == State.LOADED
    assert not target.districts.filter(code=rows[0]["kod"]).exists()
    change = target.changes.get()
    assert change.word == DraftChange.Word.UPLOADED
    assert change.details["file"] == "nowe.fgb"
    assert (change.details["districts"], change.details["taken_away"]) == (len(rows) - 1, 1)
    undo_change(target, by=None)
    assert target.districts.count() == len(rows)
