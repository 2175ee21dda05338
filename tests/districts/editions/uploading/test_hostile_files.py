"""Nothing is half-loaded, and whoever uploads a bad file reads what is wrong and where."""

import json
import struct
from pathlib import Path

import pytest
import shapely
from django.conf import settings

from districts.editions.drafting import shapes_of
from districts.models import EditionUpload
from tests.districts.editions.drafts import SOUTH, WEST, drafted, square
from tests.districts.editions.files import unzipped, written, zipped

from . import hostile
from .hostile import geojson, row, two
from .steps import loaded, told, uploaded

pytestmark = pytest.mark.django_db
State = EditionUpload.State
FORMER = {"former": square(5)}


def assert_untouched(draft) -> None:
    assert [(code, shape.name) for code, shape in shapes_of(draft).items()] == [
        ("former", "Former")
    ]
    assert draft.changes.count() == 1


@pytest.mark.parametrize("name", hostile.AT_FIRST_SIGHT)
def test_what_cannot_be_opened_is_refused_at_first_sight(name):
    make, words = hostile.AT_FIRST_SIGHT[name]
    draft = drafted("next", FORMER)
    upload = uploaded(draft, make())
    assert upload.state in (State.REFUSED, State.CHOOSING)
    if upload.state == State.CHOOSING:
        upload = loaded(upload)
    assert len(told(upload)) == 1
    assert words in told(upload)[0]
    assert_untouched(draft)
    assert list(Path(settings.EDITION_UPLOAD_DIR).glob("open-*")) == []


@pytest.mark.parametrize("name", hostile.AT_READING)
def test_what_is_wrong_with_a_feature_is_told_with_its_place(name):
    make, words = hostile.AT_READING[name]
    draft = drafted("next", FORMER)
    upload = loaded(uploaded(draft, make()))
    assert upload.state == State.CHOOSING
    assert words in told(upload)[0]
    assert_untouched(draft)


def test_a_wrong_system_is_put_right_by_choosing_the_one_that_fits():
    draft = drafted("next", FORMER)
    upload = loaded(uploaded(draft, hostile.as_other(2178, said=2177)))
    [problem] = upload.problems
    assert problem["fits"] == ["2178"]
    assert problem["kilometres"] > 100
    assert loaded(upload, crs=problem["fits"][0]).state == State.LOADED
    got = shapes_of(draft)["a"].boundary.normalize()
    assert got.equals_exact(shapely.MultiPolygon([square(0)]).normalize(), 1e-8)


def test_half_a_million_vertices_are_read():
    draft = drafted("next", FORMER)
    upload = loaded(uploaded(draft, geojson(("a", hostile.round_shape(500_001)))))
    assert upload.state == State.LOADED
    assert shapely.get_num_coordinates(shapes_of(draft)["a"].boundary) == 500_001


@pytest.mark.parametrize("kind", ["gpkg", "shp", "geojson", "gml", "kml", "fgb"])
def test_heights_are_left_out_with_a_note(kind):
    draft = drafted("next", FORMER)
    high = shapely.force_3d(square(0), 200)
    types = {"shp": {"geometry_type": "Polygon Z"}, "fgb": {"geometry_type": "Polygon Z"}}
    upload = loaded(uploaded(draft, written(kind, [row("a", high)], **types.get(kind, {}))))
    assert (upload.state, upload.notes) == (State.LOADED, ["heights_dropped"])
    assert not shapes_of(draft)["a"].boundary.has_z


def test_curves_become_lines():
    west, south = WEST, SOUTH
    gml = f"""<?xml version="1.0"?><FeatureCollection xmlns="http://x.example"
    xmlns:gml="http://www.opengis.net/gml/3.2"><gml:featureMember><r gml:id="r.0"><g>
    <gml:Surface srsName="EPSG:4326" gml:id="g"><gml:patches><gml:PolygonPatch><gml:exterior>
    <gml:Ring><gml:curveMember><gml:Curve gml:id="c"><gml:segments><gml:Arc><gml:posList>
    {west} {south} {west + 0.001} {south + 0.001} {west} {south + 0.002}</gml:posList></gml:Arc>
    <gml:LineStringSegment><gml:posList>{west} {south + 0.002} {west} {south}</gml:posList>
    </gml:LineStringSegment></gml:segments></gml:Curve></gml:curveMember></gml:Ring>
    </gml:exterior></gml:PolygonPatch></gml:patches></gml:Surface></g><kod>a</kod></r>
    </gml:featureMember></FeatureCollection>"""
    draft = drafted("next", FORMER)
    upload = loaded(uploaded(draft, gml.encode()), fields={"code": "kod"}, crs="4326")
    assert (upload.state, told(upload)) == (State.LOADED, [])
    half_circle = 3.14159 * 0.001**2 / 2
    assert shapes_of(draft)["a"].boundary.area == pytest.approx(half_circle, rel=0.001)


def test_a_border_that_crosses_itself_is_kept_for_the_checks():
    bow = shapely.Polygon(
        [(WEST, SOUTH), (WEST + 0.01, SOUTH + 0.01), (WEST + 0.01, SOUTH), (WEST, SOUTH + 0.01)]
    )
    draft = drafted("next", FORMER)
    assert loaded(uploaded(draft, geojson(("a", hostile.shape(bow))))).state == State.LOADED
    assert not shapes_of(draft)["a"].boundary.is_valid


@pytest.mark.parametrize("encoding", ["UTF-8", "CP1250"])
@pytest.mark.parametrize("says", [True, False])
def test_a_shapefile_is_read_in_its_encoding_said_or_guessed(encoding, says):
    files = unzipped(written("shp", two(nazwa="Żółć Bałucka"), encoding=encoding))
    if not says:
        files.pop("b.cpg")
    draft = drafted("next", FORMER)
    assert loaded(uploaded(draft, zipped(files))).state == State.LOADED
    assert shapes_of(draft)["b"].name == "Żółć Bałucka"


def test_a_shapefile_that_says_a_wrong_encoding_is_read_in_another_and_it_is_told():
    files = unzipped(written("shp", two(nazwa="Żółć"), encoding="CP1250"))
    draft = drafted("next", FORMER)
    upload = loaded(uploaded(draft, zipped(files | {"b.cpg": b"UTF-8"})))
    assert (upload.state, upload.notes) == (State.LOADED, ["cpg_wrong"])
    assert shapes_of(draft)["b"].name == "Żółć"


def test_an_encoding_that_nobody_can_tell_is_chosen():
    files = unzipped(written("shp", two(nazwa="Żółć"), encoding="UTF-8"))
    draft = drafted("next", FORMER)
    upload = loaded(uploaded(draft, zipped(files | {"b.cpg": b"1250"})))
    assert "złym kodowaniu" in told(upload)[0]
    assert loaded(upload, encoding="UTF-8").state == State.LOADED


def test_no_linked_schema_or_system_is_opened(tmp_path):
    """A system by address or file is no system."""
    for link in ("http://127.0.0.1:9/crs.wkt", f"file://{tmp_path}/crs.wkt", "/vsicurl/http://x"):
        collection = json.loads(geojson(("a", hostile.GOOD)))
        collection["crs"] = {"type": "link", "properties": {"href": link, "type": "ogcwkt"}}
        draft = drafted(f"next{len(link)}", FORMER)
        upload = loaded(uploaded(draft, json.dumps(collection).encode()))
        assert upload.state in (State.CHOOSING, State.LOADED)


def test_numbers_that_are_none_are_refused():
    good = unzipped(written("shp", two(), crs=2180))
    content = bytearray(good["b.shp"])
    # The first point of the first polygon: head of the file, of the record, of the polygon.
    struct.pack_into("<d", content, 100 + 8 + 4 + 32 + 4 + 4 + 4, float("nan"))
    draft = drafted("next", FORMER)
    upload = loaded(uploaded(draft, zipped(good | {"b.shp": bytes(content)})))
    assert "Obiekt nr 1 „Rejon a”: granica jest uszkodzona" in told(upload)[0]
    assert_untouched(draft)
