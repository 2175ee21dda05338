"""Rows of the annex that bind in regions of another layer."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.annex.reading import annex_in_force
from catalogue.annex.text import annex_text
from catalogue.models import RoutingRule
from catalogue.routing import choose_unit
from districts.locating import locate
from districts.models import Activation, Layer
from reports.handling.correcting import correct_category, correct_place
from reports.models import Report
from reports.placing import GivenPlace
from tests.districts.editions.drafts import approved, inside, square
from tests.factories import CITY_HALL, category, submitted
from units.models import Unit

pytestmark = pytest.mark.django_db
Scope, Mode = RoutingRule.Scope, RoutingRule.Mode
# Within the region "north", within the region "south", and in neither.
NORTH, SOUTH, ELSEWHERE = inside(0, 1), inside(0, 0), inside(3, 3)


@pytest.fixture
def mowing() -> Layer:
    edition = approved("mowing-1", {"north": square(0, 1), "south": square(0, 0)})
    Activation.objects.create(
        layer=edition.layer, edition=edition, at=timezone.now() - timedelta(days=1)
    )
    return edition.layer


@pytest.fixture(autouse=True)
def annex():
    """The catch-all alone, to which a test adds rows."""
    RoutingRule.objects.filter(category__isnull=False).update(is_active=False)


def row(unit: str, scope: str, *, about="dziura-w-jezdni", **place) -> RoutingRule:
    return RoutingRule.objects.create(
        category=category(about) if about else None,
        scope=scope,
        unit=Unit.objects.get(code=unit),
        mode=Mode.AUTOMATIC,
        **place,
    )


def north(unit: str, layer: Layer, **values) -> RoutingRule:
    return row(unit, Scope.REGION, layer=layer, district_code="north", **values)


def decided(point=NORTH):
    return choose_unit(category(), locate(point).district, point)


def test_a_region_beats_district_borough_and_city(mowing):
    district = locate(NORTH).district
    row("wgk", Scope.DISTRICT, district_code=district.code)
    row("zgo", Scope.BOROUGH, borough=district.borough)
    row("zdit", Scope.CITY)
    rule = north("zzm", mowing)
    decision = decided()
    assert (decision.rule, decision.unit.code) == (rule, "zzm")
    assert (decision.region.code, decision.region.edition.code) == ("north", "mowing-1")


@pytest.mark.parametrize("point", [SOUTH, ELSEWHERE])
def test_where_the_region_does_not_reach_the_next_row_binds(mowing, point):
    north("zzm", mowing)
    rule = row("zdit", Scope.CITY)
    decision = decided(point)
    assert (decision.rule, decision.region) == (rule, None)


def test_a_layer_without_an_edition_in_force_binds_nowhere():
    lamps = Layer.objects.create(code="lamps", name="Lamps")
    north("zzm", lamps)
    rule = row("zdit", Scope.CITY)
    assert decided().rule == rule


def test_a_category_anywhere_beats_a_region_of_any_category(mowing):
    north("zzm", mowing, about=None)
    rule = row("zdit", Scope.CITY)
    assert decided().rule == rule


def test_a_region_of_any_category_beats_the_catch_all(mowing):
    rule = north("zzm", mowing, about=None)
    assert decided().rule == rule


def test_nothing_is_looked_up_unless_a_row_of_a_layer_can_matter(mowing):
    """A row of another category, or of any category behind one of this category, cannot."""
    north("zzm", mowing, about="latarnia")
    north("zzm", mowing, about=None)
    row("zdit", Scope.CITY)
    pothole, district = category(), locate(NORTH).district
    choose_unit(pothole, district, NORTH)
    with CaptureQueriesContext(connection) as queries:
        choose_unit(pothole, district, NORTH)
    assert ["web_revision" in query["sql"] for query in queries] == [True]


@pytest.mark.parametrize(
    "place",
    [
        {"scope": Scope.REGION, "district_code": "north"},
        {"scope": Scope.REGION, "layer_id": "mowing", "district_code": ""},
        {"scope": Scope.REGION, "layer_id": "osiedla", "district_code": "katedralna"},
        {"scope": Scope.DISTRICT, "layer_id": "mowing", "district_code": "north"},
        {"scope": Scope.CITY, "layer_id": "mowing"},
    ],
)
def test_a_row_whose_place_makes_no_sense_is_refused(mowing, place):
    with pytest.raises(IntegrityError), transaction.atomic():
        row("zzm", place.pop("scope"), **place)


def test_two_layers_may_have_regions_of_one_code(mowing):
    lamps = Layer.objects.create(code="lamps", name="Lamps")
    north("zzm", mowing)
    north("wgk-energia", lamps)
    with pytest.raises(IntegrityError), transaction.atomic():
        north("zdit", lamps)


def bound_by(report: Report):
    assignment = report.assignments.last()
    return assignment.unit.code, assignment.region and assignment.region.code


def test_a_report_keeps_the_region_by_which_it_was_routed(mowing, operator):
    north("zzm", mowing)
    row("zdit", Scope.CITY)
    row("wgk", Scope.REGION, layer=mowing, district_code="north", about="latarnia")
    report = submitted(location=NORTH)
    assert bound_by(report) == ("zzm", "north")
    correct_category(report, category("latarnia"), by=operator)
    assert bound_by(report) == ("wgk", "north")
    correct_category(report, category(), by=operator)
    correct_place(report, GivenPlace(location=CITY_HALL), by=operator)
    assert bound_by(report) == ("zdit", None)


def test_whoever_asks_for_a_place_is_told_the_unit_of_its_region(mowing, client):
    north("zzm", mowing)
    row("zdit", Scope.CITY)
    asked = f"/api/v1/locate/?lat={NORTH.y}&lon={NORTH.x}&category=dziura-w-jezdni"
    assert client.get(asked).json()["unit"]["code"] == "zzm"
    here = {"type": "LineString", "coordinates": [[NORTH.x, NORTH.y], [NORTH.x, NORTH.y + 1e-4]]}
    answer = client.post(
        "/api/v1/locate/",
        {"extent": here, "category": "dziura-w-jezdni"},
        content_type="application/json",
    )
    assert answer.json()["unit"]["code"] == "zzm"


def test_staff_see_by_which_region(mowing, client, operator):
    north("zzm", mowing)
    report = submitted(location=NORTH)
    client.force_login(operator)
    page = client.get(f"/panel/zgloszenia/{report.reference}/").content.decode()
    assert "rejon North (mowing, wydanie mowing-1)" in page


CATCH_ALL = "  - {unit: lckzm, mode: operator}\n"
ROW = "  - {category: park, unit: zzm, layer: mowing, regions: [north, south]}\n"


@pytest.fixture
def load(tmp_path):
    def load(rows: str) -> None:
        path = tmp_path / "annex.yaml"
        path.write_text(f"is_proposal: true\nrules:\n{CATCH_ALL}{rows}", encoding="utf-8")
        call_command("load_annex", str(path), verbosity=0)

    return load


def test_the_file_names_regions_with_their_layer(mowing, load):
    for _time in range(2):
        load(ROW)
    rules = RoutingRule.objects.filter(is_active=True, layer=mowing)
    assert sorted(rules.values_list("scope", "district_code", "unit__code")) == [
        ("region", "north", "zzm"),
        ("region", "south", "zzm"),
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("layer: mowing", "name both or neither"),
        ("regions: [north]", "name both or neither"),
        ("layer: mowing, regions: [north], districts: [ruda]", "only one of them"),
        ("layer: lamps, regions: [north]", "unknown layer 'lamps'"),
        ("layer: osiedla, regions: [ruda]", "unknown layer 'osiedla'"),
        ("layer: mowing, regions: [east]", "unknown region 'east'"),
        ("layer: mowing, regions: [north, north]", "mowing/north"),
    ],
)
def test_a_wrong_region_in_the_file_is_refused(mowing, load, row, message):
    with pytest.raises(CommandError, match=message):
        load(f"  - {{category: park, unit: zzm, {row}}}\n")


def test_the_published_annex_says_regions_only_where_there_are_some(mowing, client):
    sentence = "Rejon, który wyznaczono dla jednostki, jest dokładniejszy niż osiedle."
    assert sentence not in annex_text()
    for code in ("south", "north"):
        row("zzm", Scope.REGION, layer=mowing, district_code=code)
    [[entry]] = annex_in_force().groups.values()
    [line] = entry.lines
    assert (line.layer, line.places) == (mowing, ["North", "South"])
    text, page = annex_text(), client.get("/zalacznik/").content.decode()
    for shown in (text, page):
        assert sentence in shown
        assert "rejony (mowing): North, South" in shown
