import json
from io import StringIO

import pytest
import shapely
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from shapely.geometry import shape

from districts.editions.deriving import derive_districts
from districts.editions.publishing import EditionDiffers, publish_edition
from districts.models import Border, District, Edition
from tests.districts.places import DATA, needs_data

pytestmark = pytest.mark.django_db
FIXTURE = settings.BASE_DIR / "fixtures" / "lodz_districts.geojson"


@pytest.fixture
def edition():
    return Edition.objects.in_force()


def refused(statement: str):
    with (
        pytest.raises(IntegrityError, match="approved"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_first_edition_has_36_districts(edition):
    assert edition.code == json.loads(FIXTURE.read_text())["edition"]
    assert edition.districts.count() == 36
    assert edition.credit == "Granice osiedli: Urząd Miasta Łodzi"
    assert edition.activations.get().at < timezone.now()


def test_a_district_that_has_a_number_for_a_name_is_called_as_it_calls_itself(edition):
    assert edition.districts.get(code="nr-33").name == "Nr 33"


def test_loading_again_changes_nothing(edition):
    before = list(District.objects.values_list("id", "code"))
    assert publish_edition(FIXTURE) == (edition, False)
    assert list(District.objects.values_list("id", "code")) == before


def test_a_changed_file_under_a_published_code_is_refused(tmp_path):
    collection = json.loads(FIXTURE.read_text())
    collection["features"][0]["geometry"]["coordinates"][0][1][0] += 0.0001
    changed = tmp_path / "changed.geojson"
    changed.write_text(json.dumps(collection))
    with pytest.raises(EditionDiffers):
        publish_edition(changed)


def test_the_command_says_that_it_will_not_change_an_edition(settings, tmp_path):
    (tmp_path / "fixtures").mkdir()
    collection = json.loads(FIXTURE.read_text()) | {"features": []}
    (tmp_path / "fixtures" / FIXTURE.name).write_text(json.dumps(collection))
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="new code"):
        call_command("load_districts")


def test_the_command_tells_what_is_published_unless_it_is_to_be_silent():
    said, silent = StringIO(), StringIO()
    call_command("load_districts", stdout=said)
    call_command("load_districts", stdout=silent, verbosity=0)
    assert said.getvalue().endswith("was published already: 36 districts\n")
    assert silent.getvalue() == ""


def test_an_edition_from_a_file_says_which_district_came_from_which(edition, tmp_path):
    collection = json.loads(FIXTURE.read_text()) | {"edition": "2099-01"}
    [one] = [row for row in collection["features"] if row["properties"]["code"] == "katedralna"]
    one["properties"] |= {"code": "centrum", "name": "Centrum"}
    path = tmp_path / "next.geojson"
    path.write_text(json.dumps(collection))
    published, _is_new = publish_edition(path)
    [row] = published.descents.all()
    assert (row.before, row.source_code, row.code) == (edition, "katedralna", "centrum")
    assert (row.word, published.based_on) == (row.Word.RENAMED, edition)


def test_a_file_with_a_gap_is_refused(tmp_path):
    collection = json.loads(FIXTURE.read_text()) | {"edition": "next"}
    rings = [feature["geometry"]["coordinates"][0] for feature in collection["features"]]
    others = {tuple(vertex) for ring in rings[1:] for vertex in ring}
    shared = [place for place, vertex in enumerate(rings[0]) if tuple(vertex) in others]
    del rings[0][shared[len(shared) // 2]]
    broken = tmp_path / "broken.geojson"
    broken.write_text(json.dumps(collection))
    with pytest.raises(ValueError, match="overlap"):
        publish_edition(broken)
    assert not Edition.objects.filter(code="next").exists()


@pytest.mark.parametrize("table", ["districts_district", "districts_border"])
def test_nothing_of_a_published_edition_changes(table):
    refused(f"UPDATE {table} SET edition_id = edition_id")
    refused(f"DELETE FROM {table}")


def test_a_published_edition_does_not_change():
    refused("UPDATE districts_edition SET source = 'x'")
    refused("UPDATE districts_edition SET approved_at = NULL")
    refused("DELETE FROM districts_edition")


def test_a_published_edition_takes_no_more_districts(edition):
    row = edition.districts.first()
    row.pk, row.code = None, "nowe"
    with pytest.raises(IntegrityError, match="approved"), transaction.atomic():
        row.save(force_insert=True)


def test_a_district_does_not_move_out_of_a_published_edition(edition):
    draft = Edition.objects.create(code="draft", source="", credit="")
    refused(f"UPDATE districts_district SET edition_id = {draft.pk}")


def test_a_draft_may_change():
    draft = Edition.objects.create(code="draft", source="", credit="")
    draft.source = "Rada Miejska"
    draft.save()
    draft.delete()
    assert not Edition.objects.filter(code="draft").exists()


def test_tables_can_still_be_emptied_whole():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("TRUNCATE districts_border")
        assert not Border.objects.exists()
        transaction.set_rollback(True)


def test_outlines_are_lighter_and_share_their_borders(edition):
    rows = list(edition.districts.all())
    outlines = [shapely.from_wkb(bytes(row.outline.wkb)).geoms[0] for row in rows]
    assert shapely.coverage_is_valid(outlines)
    assert sum(row.outline.num_coords for row in rows) < 0.6 * sum(
        row.boundary.num_coords for row in rows
    )


def test_every_border_but_the_city_limit_has_two_sides(edition):
    inner = Border.objects.filter(edition=edition, right__isnull=False)
    assert inner.exists()
    assert not inner.filter(left=F("right")).exists()


def test_the_fixture_is_small_valid_and_rounded():
    collection = json.loads(FIXTURE.read_text())
    polygons = [shape(feature["geometry"]) for feature in collection["features"]]
    assert FIXTURE.stat().st_size < 250_000
    assert all(polygon.is_valid for polygon in polygons)
    assert shapely.coverage_is_valid(polygons)
    whole = shapely.union_all(polygons)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    coordinates = shapely.get_coordinates(polygons)
    assert (coordinates == coordinates.round(6)).all()
    assert {"source", "source_date", "credit", "edition"} <= collection.keys()


@needs_data
def test_the_fixture_is_what_the_command_derives():
    assert FIXTURE.read_text() == "\n".join(derive_districts(DATA / "osiedla.geojson")) + "\n"


@needs_data
def test_rounding_moves_no_border_by_more_than_a_step():
    source = json.loads((DATA / "osiedla.geojson").read_text())["features"]
    given = {f["properties"]["slug"]: shape(f["geometry"]) for f in source}
    for feature in json.loads(FIXTURE.read_text())["features"]:
        ours = shape(feature["geometry"])
        theirs = given[feature["properties"]["code"]]
        assert shapely.hausdorff_distance(ours.exterior, theirs.exterior) < 3e-6
