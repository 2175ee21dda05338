"""Public pages of editions: what moved, why, who decided, downloads and the checksum."""

import hashlib
import json
import subprocess
import sys
from datetime import timedelta
from io import BytesIO

import pytest
import shapely
from django.utils import timezone
from pypdf import PdfReader

from districts.editions.approving import approve_edition
from districts.editions.exporting import table_of, write_geojson
from districts.editions.outlines_and_borders import write_borders
from districts.models import Activation, Edition
from tests.districts.editions.drafts import approved, drafted, exchanged, gis, square

pytestmark = pytest.mark.django_db
# In a process of its own, as whoever downloads it has.
_READ = """
import json, sys, pyogrio
meta, _ids, shapes, columns = pyogrio.raw.read(sys.argv[1])
rows = dict(zip(meta["fields"].tolist(), [column.tolist() for column in columns]))
print(json.dumps([rows, [shape.hex() for shape in shapes], meta["crs"]]))
"""
SUFFIXES = ("gpkg", "zip", "geojson")


def read_by_gdal(content: bytes, suffix: str, folder) -> tuple[dict, list[shapely.Geometry]]:
    path = folder / f"downloaded.{suffix}"
    path.write_bytes(content)
    where = f"/vsizip/{path}" if suffix == "zip" else str(path)
    command = [sys.executable, "-c", _READ, where]
    rows, shapes, crs = json.loads(subprocess.check_output(command, text=True))
    assert crs == "EPSG:4326"
    return rows, [shapely.from_wkb(shape) for shape in shapes]


def page_of(edition: Edition) -> str:
    return f"/granice/{edition.code}/"


def with_day(edition: Edition) -> Edition:
    """``edition``, which comes into force in three days."""
    in_three_days = timezone.now() + timedelta(days=3)
    Activation.objects.create(layer=edition.layer, edition=edition, at=in_three_days)
    return edition


@pytest.fixture
def in_force(db) -> Edition:
    return Edition.objects.in_force()


@pytest.fixture
def following(in_force) -> Edition:
    """Katedralna and Łagiewniki will change places."""
    return with_day(exchanged("next"))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_gdal_reads_from_a_file_what_the_database_has(client, in_force, tmp_path, suffix):
    answer = client.get(f"{page_of(in_force)}plik.{suffix}")
    rows, shapes = read_by_gdal(answer.content, suffix, tmp_path)
    stored = {row.code: row for row in in_force.districts.all()}
    assert sorted(rows["code"]) == sorted(stored)
    for number, code in enumerate(rows["code"]):
        kept = stored[code]
        assert (rows["name"][number], rows["borough"][number]) == (kept.name, kept.borough)
        assert rows["population"][number] == kept.population
        given = shapely.symmetric_difference(
            shapes[number], shapely.from_wkb(bytes(kept.boundary.wkb))
        )
        assert given.area < 1e-9


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_gdal_reads_what_moves_between_two_editions(client, in_force, following, tmp_path, suffix):
    answer = client.get(f"{page_of(following)}zmiany.{suffix}")
    rows, shapes = read_by_gdal(answer.content, suffix, tmp_path)
    ways = list(zip(rows["from_code"], rows["to_code"], strict=True))
    assert sorted(ways) == [("katedralna", "lagiewniki"), ("lagiewniki", "katedralna")]
    names = dict(zip(rows["from_code"], rows["from_name"], strict=True))
    assert names["lagiewniki"] == "Łagiewniki"
    kept = in_force.districts.get(code="katedralna").boundary
    moved = shapes[ways.index(("katedralna", "lagiewniki"))]
    ground = shapely.from_wkb(bytes(kept.wkb))
    assert shapely.symmetric_difference(moved, ground).area < 1e-9


def test_the_checksum_on_the_page_is_that_of_the_file(client, in_force):
    content = client.get(f"{page_of(in_force)}plik.geojson").content
    page = client.get(page_of(in_force)).content.decode()
    assert hashlib.sha256(content).hexdigest() in page


def test_features_of_the_canonical_file_come_by_code(client, in_force):
    rows = json.loads(client.get(f"{page_of(in_force)}plik.geojson").content)["features"]
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)


def test_rings_turn_to_the_left_whichever_way_they_were_drawn():
    draft = drafted("draft", {"a": square(0), "b": square(1).reverse()})
    for row in json.loads(write_geojson(table_of(draft)))["features"]:
        [part] = shapely.geometry.shape(row["geometry"]).geoms
        assert part.exterior.is_ccw


def test_the_page_says_what_moved_why_and_who_decided(client):
    """The border between two regions moves; what the one loses the other gets."""
    first = with_day(approved("first", {"a": square(0), "b": square(1)}))
    draft = drafted("second", {"a": square(0, wide=1.5), "b": square(1.5, wide=0.5)})
    Edition.objects.filter(pk=draft.pk).update(
        based_on=first, reason="Nowy plan koszenia.", resolution="XII/345/26"
    )
    write_borders(draft, list(draft.districts.all()))
    Edition.objects.filter(pk=draft.pk).update(checked_at=timezone.now())
    second = approve_edition(Edition.objects.get(pk=draft.pk), by=gis("gis2"))
    assert client.get(page_of(second)).status_code == 404
    later = timezone.now() + timedelta(days=9)
    Activation.objects.create(layer=second.layer, edition=second, at=later)
    page = client.get(page_of(second))
    [move] = page.context["sheet"].moves
    assert (move.source, move.target) == ("B", "A")
    for words in ("Nowy plan koszenia.", "XII/345/26", "z wydaniem first", "zmienia osiedle"):
        assert words in page.content.decode()


def test_both_sides_of_an_exchange_are_told(client, following):
    sheet = client.get(page_of(following)).context["sheet"]
    katedralna, lagiewniki = sorted(sheet.balances, key=lambda row: row.name)
    assert katedralna.gains == lagiewniki.losses
    assert katedralna.losses == lagiewniki.gains
    assert katedralna.losses.m2 != katedralna.gains.m2
    assert sheet.total.m2 == pytest.approx(katedralna.losses.m2 + katedralna.gains.m2)


def test_any_two_editions_of_a_layer_are_compared(client, in_force, following):
    page = client.get(page_of(in_force), {"z": following.code})
    assert page.context["before"] == following
    assert f"zmiany.geojson?z={following.code}" in page.content.decode()
    answer = client.get(f"{page_of(in_force)}zmiany.geojson", {"z": following.code})
    features = json.loads(answer.content)["features"]
    assert {row["properties"]["from_code"] for row in features} == {"katedralna", "lagiewniki"}


def test_an_edition_that_is_not_public_is_not_compared_either(client, in_force):
    draft = drafted("draft", {"a": square(0)}, layer=in_force.layer)
    unscheduled = exchanged("unscheduled")
    for other in (draft.code, unscheduled.code, "nothing"):
        page = client.get(page_of(in_force), {"z": other})
        assert (page.status_code, page.context["before"]) == (400, None)
        answer = client.get(f"{page_of(in_force)}zmiany.pdf", {"z": other})
        assert answer.status_code == 404


def test_the_first_edition_says_that_there_is_nothing_to_compare(client, in_force):
    page = client.get(page_of(in_force))
    assert page.status_code == 200
    assert "Nie ma wydania, z którym to porównujemy" in page.content.decode()
    assert client.get(f"{page_of(in_force)}zmiany.geojson").status_code == 404


@pytest.mark.parametrize("suffix", ["exe", "shp", "pdf"])
def test_an_unknown_format_of_an_edition_is_404(client, in_force, suffix):
    assert client.get(f"{page_of(in_force)}plik.{suffix}").status_code == 404


@pytest.mark.parametrize("address", ["", "mapa.geojson", "plik.geojson", "zmiany.pdf"])
def test_a_draft_has_no_public_page(client, address):
    draft = drafted("draft", {"a": square(0)})
    assert client.get(f"{page_of(draft)}{address}").status_code == 404


def test_the_list_of_editions_leads_to_each(client, following):
    page = client.get("/granice/").content.decode()
    for edition in Edition.objects.filter(layer=following.layer):
        assert page_of(edition) in page


def test_the_sheet_on_paper_has_maps_tables_and_the_decision(client, following):
    answer = client.get(f"{page_of(following)}zmiany.pdf")
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    root = reader.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "pl")
    text = " ".join(page.extract_text() for page in reader.pages).replace("\n", " ")
    for words in ("Katedralna", "Łagiewniki", "Kto dostaje, a kto oddaje", "uchwały"):
        assert words in text
    assert "To jest szkic" not in text


def test_the_sheet_is_in_polish_whatever_the_reader_speaks(client, following):
    answer = client.get(f"{page_of(following)}zmiany.pdf", headers={"accept-language": "uk"})
    assert "Kto dostaje" in PdfReader(BytesIO(answer.content)).pages[1].extract_text()
