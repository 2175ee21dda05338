"""Vector tiles of the reports, read by the library that maps read them with."""

import json
import subprocess
from base64 import b64encode

import pytest
from django.conf import settings
from django.contrib.gis.geos import Point
from django.utils import timezone

from maps.selection import Selection
from maps.summary import tiling
from maps.summary.folding import fold_due
from maps.summary.recounting import repair
from maps.summary.squares import column_of, row_of
from maps.summary.tiling import MAX_ZOOM
from reports.models import Report, Status
from tests.factories import CITY_HALL, category, submitted

pytestmark = pytest.mark.django_db
PLACES = [CITY_HALL, CITY_HALL, Point(19.458, 51.766, srid=4326), Point(19.5, 51.75, srid=4326)]


def address(zoom: int, point: Point = CITY_HALL) -> str:
    return f"/tiles/reports/{zoom}/{column_of(point.x, zoom)}/{row_of(point.y, zoom)}.mvt"


def decoded(*tiles: bytes) -> list[list[dict]]:
    given = json.dumps([b64encode(tile).decode() for tile in tiles])
    done = subprocess.run(
        ["node", "tests/js/decode-tiles.js"],
        input=given,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture
def four():
    reports = [submitted(location=place) for place in PLACES]
    Report.objects.filter(pk=reports[3].pk).update(status=Status.RESOLVED)
    return reports


@pytest.mark.parametrize("is_folded", [False, True])
def test_counts_of_all_tiles_of_a_level_are_those_of_a_recount(client, four, is_folded):
    if is_folded:
        fold_due()
    for zoom in range(MAX_ZOOM + 1):
        addresses = sorted({address(zoom, place) for place in PLACES})
        tiles = decoded(*(client.get(one).content for one in addresses))
        features = [feature for tile in tiles for feature in tile]
        assert sum(one["count"] for one in features) == 4, zoom
        assert all(0 <= one["x"] <= 4096 and 0 <= one["y"] <= 4096 for one in features)


def test_a_square_has_the_numbers_of_each_status(client, four):
    (features,) = decoded(client.get(address(0)).content)
    (one,) = features
    kinds = ("count", "waiting", "in_progress", "resolved", "closed")
    assert [one[name] for name in kinds] == [4, 3, 0, 1, 0]
    assert (one["layer"], one["extent"]) == ("reports", 4096)


def test_near_the_ground_each_report_has_its_number_category_and_status(client, four):
    (features,) = decoded(client.get(address(16)).content)
    assert sorted(one["reference"] for one in features) == sorted(r.reference for r in four[:3])
    assert {(one["category"], one["status"]) for one in features} == {
        ("dziura-w-jezdni", "waiting")
    }


def test_many_reports_near_the_ground_are_drawn_as_squares(client, four, monkeypatch):
    monkeypatch.setattr(tiling, "MOST_REPORTS", 1)
    for zoom in (16, 18, 19):
        (features,) = decoded(client.get(address(zoom)).content)
        assert sum(one["count"] for one in features) == (3 if zoom == 16 else 2)
        assert not any("reference" in one for one in features)


def test_numbers_that_would_be_wrong_are_refused(client, four, monkeypatch):
    """Of a filter that the summary does not have, where there are too many to be looked at."""
    filters = {"miesiac": f"{timezone.localdate():%Y-%m}"}
    monkeypatch.setattr(tiling, "MOST_LOOKED_AT", 4)
    (features,) = decoded(client.get(address(3), filters).content)
    assert sum(one["count"] for one in features) == 4
    monkeypatch.setattr(tiling, "MOST_LOOKED_AT", 3)
    refused = client.get(address(3), filters)
    assert (refused.status_code, refused.json()["code"]) == (422, "too_many_reports")
    assert client.get(address(3)).status_code == 200


def test_filters_hold_for_tiles(client, four):
    submitted(category=category("graffiti"))
    (features,) = decoded(client.get(address(3), {"kategoria": "graffiti"}).content)
    assert sum(one["count"] for one in features) == 1
    assert client.get(address(3), {"kategoria": "wrak"}).status_code == 204


def test_a_rounded_place_is_drawn_where_the_public_sees_it(client):
    submitted(category=category("zaklocanie-porzadku"))
    assert client.get(address(19)).status_code == 204
    assert client.get(address(19, Point(19.455, 51.765))).status_code == 200


def test_tiles_beside_each_other_share_no_report(client, four):
    z, x, y = address(16).removesuffix(".mvt").split("/")[-3:]
    for column, row in ((int(x) - 1, int(y)), (int(x), int(y) - 1)):
        assert client.get(f"/tiles/reports/{z}/{column}/{row}.mvt").status_code == 204


def test_an_empty_tile_is_no_content(client, four):
    answer = client.get("/tiles/reports/5/0/0.mvt")
    assert (answer.status_code, answer.content) == (204, b"")


def test_the_tag_is_another_after_every_change_that_shows_and_after_nothing_else(client, four):
    def tag() -> str:
        return client.get(address(3))["ETag"]

    first = tag()
    fold_due()
    assert tag() == first
    Report.objects.filter(pk=four[0].pk).update(description="Inny opis.")
    assert tag() == first
    Report.objects.filter(pk=four[0].pk).update(is_hidden=True)
    second = tag()
    assert second != first
    fold_due()
    assert tag() == second
    Report.objects.filter(pk=four[0].pk).update(is_hidden=False)
    assert tag() not in (first, second)


def test_the_tag_is_another_on_the_next_day(client, four, time_machine):
    """The periods have moved on."""
    fold_due()
    first = client.get(address(3))["ETag"]
    with time_machine(days=1):
        assert client.get(address(3))["ETag"] != first


def test_the_tag_of_other_filters_is_another(client, four):
    tag = client.get(address(3))["ETag"]
    others = client.get(address(3), {"okres": "30-dni"}, headers={"if-none-match": tag})
    assert others.status_code == 200


def test_scripts_of_any_page_may_read_it_and_whoever_keeps_it_asks_whether_it_holds(client, four):
    answer = client.get(address(3))
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, no-cache"


def test_a_repair_gives_another_tag(client, four):
    fold_due()
    first = client.get(address(3))["ETag"]
    tiling.connection.cursor().execute("DELETE FROM maps_summarycell WHERE level = 6")
    repair()
    assert client.get(address(3))["ETag"] != first


def test_whoever_has_the_tile_does_not_get_it_again(client, four, django_assert_max_num_queries):
    tag = client.get(address(3))["ETag"]
    with django_assert_max_num_queries(2):
        again = client.get(address(3), headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_tile_takes_three_short_statements(client, four, django_assert_max_num_queries):
    client.get(address(3))
    # What is kept of categories still holds; the edition; the tile.
    for zoom in (0, 15, 16, 19):
        with django_assert_max_num_queries(3):
            client.get(address(zoom))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("20/0/0", 404),
        ("3/8/0", 404),
        ("3/0/8", 404),
        ("99999999/0/0", 400),
        ("-1/0/0", 400),
        ("nan/0/0", 400),
        ("3/1e1/0", 400),
        ("3/%00/0", 400),
    ],
)
def test_a_tile_that_does_not_exist_is_refused(client, path, status):
    answer = client.get(f"/tiles/reports/{path}.mvt")
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_without_filters_everything_is_drawn(client, four):
    assert tiling.draw_tile(tiling.Tile(0, 0, 0), Selection())[0] == client.get(address(0)).content
