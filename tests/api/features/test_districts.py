"""A layer of boundaries by OGC API – Features."""

from datetime import timedelta

import pytest
from django.contrib.gis.db.models.functions import Transform
from django.contrib.gis.geos import GEOSGeometry
from django.utils import timezone

from districts.models import District, Edition
from tests.api.features.conftest import LATER, MIDDLE, NORTH, SOUTH, WEST

pytestmark = pytest.mark.django_db
OGC = "http://www.opengis.net/def/crs/"
OSIEDLA, KOSZENIE = "/ogc/collections/osiedla/items", "/ogc/collections/koszenie/items"


def epsg(number: int) -> str:
    return f"{OGC}EPSG/0/{number}"


def ids(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return sorted(feature["id"] for feature in answer.json()["features"])


def of(answer, key: str) -> dict:
    return next(one for one in answer.json()["features"] if one["id"] == key)


def in_days(days: int) -> str:
    return (timezone.now() + timedelta(days=days)).isoformat()


def test_there_is_one_collection_for_each_layer_and_none_for_each_edition(client, sectors):
    rows = client.get("/ogc/collections").json()["collections"]
    assert {row["id"] for row in rows} == {"osiedla", "koszenie"}


def test_a_layer_that_never_had_boundaries_is_no_collection(client, sectors):
    sectors.__class__.objects.create(code="pusta", name="Pusta")
    assert "pusta" not in {
        row["id"] for row in client.get("/ogc/collections").json()["collections"]
    }
    assert client.get("/ogc/collections/pusta").status_code == 404


def test_the_collection_says_the_same_by_itself_as_in_the_list(client):
    (row,) = client.get("/ogc/collections").json()["collections"]
    assert client.get("/ogc/collections/osiedla").json() == row
    west, south, east, north = row["extent"]["spatial"]["bbox"][0]
    assert (west, south) < (19.4571, 51.7652) < (east, north)


def test_it_holds_the_districts_of_the_edition_in_force(client, sectors):
    answer = client.get(KOSZENIE)
    assert answer["Content-Type"] == "application/geo+json"
    assert ids(answer) == ["s-1.lewa", "s-1.prawa"]
    found = of(answer, "s-1.lewa")["properties"]
    assert {found[name] for name in ("code", "name", "borough", "edition")} == {
        "lewa",
        "Lewa",
        "",
        "s-1",
    }


def test_geometry_is_that_of_the_database(client):
    for feature in client.get(OSIEDLA).json()["features"]:
        stored = District.objects.get(
            edition=Edition.objects.in_force(), code=feature["properties"]["code"]
        )
        given = GEOSGeometry(str(feature["geometry"]).replace("'", '"'))
        assert given.equals_exact(stored.boundary, 1e-9)


def test_another_instant_shows_the_edition_that_holds_then(client, sectors):
    answer = client.get(KOSZENIE, {"datetime": in_days(11)})
    assert ids(answer) == ["s-2.lewa", "s-2.prawa"]
    assert of(answer, "s-2.lewa")["properties"]["valid_to"] is None


def test_before_the_first_edition_there_is_nothing(client, sectors):
    assert ids(client.get(KOSZENIE, {"datetime": "2001-01-01"})) == []


def test_an_end_is_the_start_of_what_follows(client, sectors):
    before, after = (client.get(KOSZENIE, {"datetime": in_days(days)}) for days in (0, 11))
    ends = of(before, "s-1.lewa")["properties"]["valid_to"]
    assert ends == of(after, "s-2.lewa")["properties"]["valid_from"]
    # At that instant only the later one holds.
    assert ids(client.get(KOSZENIE, {"datetime": ends})) == ["s-2.lewa", "s-2.prawa"]


@pytest.mark.parametrize(
    ("since", "until", "editions"),
    [
        ("..", "..", {"s-1", "s-2"}),
        (1, "", {"s-1", "s-2"}),
        (11, "..", {"s-2"}),
        ("", 1, {"s-1"}),
        (1, 2, {"s-1"}),
        (9, 11, {"s-1", "s-2"}),
    ],
)
def test_an_interval_shows_every_edition_that_holds_at_some_time_of_it(
    client, sectors, since, until, editions
):
    ends = [end if isinstance(end, str) else in_days(end) for end in (since, until)]
    answer = client.get(KOSZENIE, {"datetime": "/".join(ends)})
    assert {key.partition(".")[0] for key in ids(answer)} == editions


def test_an_end_that_is_a_date_includes_the_whole_day(client, sectors):
    """The first edition began today, so today's last moment lies after that."""
    today = timezone.localdate().isoformat()
    assert ids(client.get(KOSZENIE, {"datetime": f"2001-01-01/{today}"}))
    assert not ids(client.get(KOSZENIE, {"datetime": f"2001-01-01/{today}T00:00:00"}))


def test_one_feature_is_found_by_edition_and_code(client, sectors):
    answer = client.get(f"{KOSZENIE}/s-2.prawa").json()
    assert (answer["id"], answer["properties"]["edition"]) == ("s-2.prawa", "s-2")
    assert {link["rel"] for link in answer["links"]} == {"self", "collection"}


@pytest.mark.parametrize("key", ["s-1", "s-1.nic", "s-9.lewa", "x", "s-1.lewa.x"])
def test_what_is_not_there_is_404_in_json(client, sectors, key):
    answer = client.get(f"{KOSZENIE}/{key}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_drafts_are_not_given(client, sectors):
    draft = Edition.objects.create(layer=sectors, code="s-3", source="x", credit="x")
    row = District.objects.first()
    row.pk, row.edition, row.code = None, draft, "lewa"
    row.save()
    assert client.get(f"{KOSZENIE}/s-3.lewa").status_code == 404
    assert "s-3.lewa" not in ids(client.get(KOSZENIE, {"datetime": "../.."}))


@pytest.mark.parametrize("number", [3857, 2177, 2178, 2180, 4326])
def test_coordinates_have_the_axes_in_the_order_of_the_authority(client, sectors, number):
    answer = client.get(KOSZENIE, {"crs": epsg(number)})
    assert answer["Content-Crs"] == f"<{epsg(number)}>"
    first, second = of(answer, "s-1.lewa")["geometry"]["coordinates"][0][0][0]
    corner = District.objects.annotate(drawn=Transform("boundary", number))
    x, y = corner.get(code="lewa", edition__code="s-1").drawn.coords[0][0][0]
    expected = (x, y) if number == 3857 else (y, x)
    assert (first, second) == pytest.approx(expected, abs=1e-4)


def test_the_order_of_axes_is_right_by_known_numbers(client):
    """Łódź lies about 51.7 N, 19.4 E; in PL-1992 about 430 km north and 530 km east."""
    known = {4326: (51.7, 19.4), 2180: (435_000, 530_000), 2177: (5_737_000, 6_600_000)}
    for number, place in known.items():
        answer = client.get(OSIEDLA, {"crs": epsg(number), "limit": 1}).json()
        found = answer["features"][0]["geometry"]["coordinates"][0][0][0]
        assert found == pytest.approx(place, rel=0.05)


def test_longitude_comes_first_where_nothing_is_said(client, sectors):
    answer = client.get(KOSZENIE)
    assert answer["Content-Crs"] == f"<{OGC}OGC/1.3/CRS84>"
    lon, lat = of(answer, "s-1.lewa")["geometry"]["coordinates"][0][0][0]
    assert (lon, lat) == (WEST, SOUTH)


def test_a_box_picks_what_it_meets(client, sectors):
    between = f"{WEST},{SOUTH},{MIDDLE - 0.001},{NORTH}"
    assert ids(client.get(KOSZENIE, {"bbox": between})) == ["s-1.lewa"]
    with_heights = f"{WEST},{SOUTH},0,{MIDDLE - 0.001},{NORTH},100"
    assert ids(client.get(KOSZENIE, {"bbox": with_heights})) == ["s-1.lewa"]


def test_box_and_instant_hold_together(client, sectors):
    """The strip between both borders belongs to another district in the later edition."""
    strip = f"{MIDDLE + 0.005},{SOUTH},{LATER - 0.005},{NORTH}"
    assert ids(client.get(KOSZENIE, {"bbox": strip})) == ["s-1.prawa"]
    assert ids(client.get(KOSZENIE, {"bbox": strip, "datetime": in_days(11)})) == ["s-2.lewa"]


@pytest.mark.parametrize("number", [4326, 3857, 2177, 2178, 2180])
def test_a_box_has_the_order_of_axes_of_its_own_system(client, sectors, number):
    area = GEOSGeometry(
        f"SRID=4326;POLYGON(({WEST} {SOUTH},{MIDDLE - 0.001} {SOUTH},{MIDDLE - 0.001} {NORTH},"
        f"{WEST} {NORTH},{WEST} {SOUTH}))"
    )
    drawn = District.objects.annotate(area=Transform("boundary", number))
    west, south, east, north = drawn.get(code="lewa", edition__code="s-1").area.extent
    inside = [west + 500, south + 500, east - 500, north - 500]
    if number == 4326:
        inside = list(area.extent)
    if number != 3857:
        inside = [inside[1], inside[0], inside[3], inside[2]]
    question = {"bbox": ",".join(map(str, inside)), "bbox-crs": epsg(number)}
    assert ids(client.get(KOSZENIE, question)) == ["s-1.lewa"]


@pytest.mark.parametrize(
    ("box", "crs"),
    [
        ("0,0,1,1", "OGC/1.3/CRS84"),
        ("1e20,1e20,2e20,2e20", "OGC/1.3/CRS84"),
        ("0,0,1,1", "EPSG/0/2180"),
        ("-1e20,-1e20,-1e19,-1e19", "EPSG/0/3857"),
    ],
)
def test_a_box_elsewhere_finds_nothing(client, box, crs):
    assert ids(client.get(OSIEDLA, {"bbox": box, "bbox-crs": OGC + crs})) == []


@pytest.mark.parametrize(
    ("box", "crs"),
    [
        ("-180,-90,180,90", "OGC/1.3/CRS84"),
        ("-1e19,-1e19,1e19,1e19", "EPSG/0/3857"),
        ("-1e19,-1e19,1e19,1e19", "EPSG/0/2180"),
        # From Poland to the east until Alaska, across the antimeridian.
        ("10,40,-170,60", "OGC/1.3/CRS84"),
    ],
)
def test_a_box_around_everything_finds_everything(client, box, crs):
    assert len(ids(client.get(OSIEDLA, {"bbox": box, "bbox-crs": OGC + crs}))) == 36


def test_pages_follow_each_other_without_gap_or_repeat(client):
    address, found = f"{OSIEDLA}?limit=10", []
    while address:
        answer = client.get(address)
        page = answer.json()
        assert page["numberReturned"] == len(page["features"]) <= 10
        assert page["numberMatched"] == 36
        found += ids(answer)
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        address = following[0] if following else None
    assert len(found) == len(set(found)) == 36


def test_a_next_link_keeps_to_the_instant_of_the_first_page(client, sectors, time_machine):
    page = client.get(KOSZENIE, {"limit": 1, "crs": epsg(2180)}).json()
    following = next(link["href"] for link in page["links"] if link["rel"] == "next")
    with time_machine(days=11):
        answer = client.get(following)
        assert ids(client.get(KOSZENIE)) == ["s-2.lewa", "s-2.prawa"]
    assert answer["Content-Crs"] == f"<{epsg(2180)}>"
    assert {*ids(answer), page["features"][0]["id"]} == {"s-1.lewa", "s-1.prawa"}


def test_a_last_page_that_is_full_has_no_next_link(client, sectors):
    page = client.get(KOSZENIE, {"limit": 2}).json()
    assert {link["rel"] for link in page["links"]} == {"self", "collection"}


def test_a_limit_that_is_too_large_is_the_largest(client, monkeypatch):
    monkeypatch.setattr("api.features.parameters.MOST", 7)
    assert client.get(OSIEDLA, {"limit": 999_999_999}).json()["numberReturned"] == 7


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "0"),
        ("limit", "-1"),
        ("limit", "1.5"),
        ("limit", "unlimited"),
        ("limit", "9" * 30),
        ("after", "x"),
        ("bbox", "1,2,3"),
        ("bbox", "1,2,3,4,5"),
        ("bbox", "1,2,3,4,5,6,7"),
        ("bbox", "a,b,c,d"),
        ("bbox", "nan,1,2,3"),
        ("bbox", "1,60,2,50"),
        ("bbox-crs", epsg(9999)),
        ("crs", epsg(27700)),
        ("crs", "EPSG:2180"),
        ("datetime", "yesterday"),
        ("datetime", "2026-13-01T00:00:00Z"),
        ("datetime", "2026-02-01/2026-01-01"),
        ("datetime", "2026-01-01/2026-02-01/2026-03-01"),
        ("datetime", ""),
        ("ooga", "booga"),
        ("dateTime", "2026-01-01"),
    ],
)
def test_what_is_wrong_or_unknown_is_refused_by_its_name(client, name, value):
    answer = client.get(OSIEDLA, {name: value})
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [name]


def test_corners_in_the_wrong_order_are_refused_where_no_antimeridian_is(client):
    question = {"bbox": "500000,400000,400000,300000", "bbox-crs": epsg(2180)}
    assert client.get(OSIEDLA, question).json()["fields"].keys() == {"bbox"}


@pytest.mark.parametrize("path", ["", "conformance", "api", "collections", "collections/osiedla"])
def test_documents_refuse_unknown_parameters_too(client, path):
    assert client.get(f"/ogc/{path}", {"ooga": "booga"}).status_code == 400


def test_an_unknown_collection_is_404_in_json_whatever_is_preferred(client):
    answer = client.get("/ogc/collections/nic/items", headers={"accept": "text/html"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_page_takes_as_many_statements_however_many_features_it_has(
    client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5):
        client.get(OSIEDLA)


def test_nobody_shows_what_was_kept_without_asking(client):
    assert "no-cache" in client.get(OSIEDLA)["Cache-Control"]
