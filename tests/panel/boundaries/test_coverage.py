"""The pages that say whether everything has somebody."""

import json

import pytest
from django.urls import reverse

from catalogue.models import RoutingRule
from reports.handling.correcting import forward
from tests.catalogue.test_coverage import in_force
from tests.districts.editions.drafts import gis, square
from tests.factories import POTHOLE, category, dispatched
from tests.people import person
from tests.reports.handling.test_misroutes import near_border
from units.models import Unit

pytestmark = pytest.mark.django_db
PAGES = ("coverage", "claimed-twice", "misroutes")


@pytest.fixture
def room(client):
    client.force_login(gis("gis"))
    return client


def get(room, name: str, query: str = ""):
    return room.get(reverse(f"panel:{name}") + query)


def drawn(page) -> list[int]:
    return [feature["properties"]["id"] for feature in page.context["places"]["features"]]


@pytest.mark.parametrize("name", PAGES)
def test_operators_see_it_too(client, name):
    client.force_login(person("olga", role="operator"))
    page = get(client, name)
    assert page.status_code == 200
    assert f'href="{reverse("panel:boundaries")}"' not in page.content.decode()


def test_categories_without_a_unit_stand_in_the_table_on_the_map_and_in_the_file(room):
    RoutingRule.objects.filter(category=category(POTHOLE)).update(
        scope="district", district_code="katedralna"
    )
    page = get(room, "coverage")
    [row] = [row for row in page.context["rows"] if row.cells[0] == category(POTHOLE).name]
    assert row.cells[1] == "żaden wiersz nie pasuje"
    assert "i jeszcze 30" in row.cells[2]
    assert row.place in drawn(page)
    # What has nobody in the whole city needs no place.
    [graffiti] = [row for row in page.context["rows"] if row.cells[0] == category("graffiti").name]
    assert graffiti.cells[1:3] == ["tak mówi załącznik", "całe miasto"]
    assert graffiti.place == 0
    file = get(room, "coverage", "?format=csv").content.decode()
    assert file.count(f"{POTHOLE};") == 35
    assert "lagiewniki" in file
    assert f"{POTHOLE};Dziura w jezdni;żaden wiersz nie pasuje;katedralna" not in file


def test_rows_that_bind_nowhere_are_listed(room):
    rule = RoutingRule.objects.filter(scope="district").first()
    RoutingRule.objects.filter(pk=rule.pk).update(district_code="krakow")
    assert "<td>krakow</td>" in get(room, "coverage").content.decode()


def test_contradicting_regions_are_shown(room):
    for layer, unit in (("mowing", "zzm"), ("lamps", "wgk")):
        RoutingRule.objects.create(
            category=category(POTHOLE),
            scope="region",
            layer=in_force(layer, {"a": square(0)}),
            district_code="a",
            unit=Unit.objects.get(code=unit),
            mode="automatic",
        )
    page = get(room, "claimed-twice")
    [row] = page.context["rows"]
    assert row.cells[0] == "dwa wiersze załącznika"
    assert "mowing/a → ZZM" in row.cells[2]
    assert drawn(page) == [1]
    assert "lamps/a → WGK" in get(room, "claimed-twice", "?format=csv").content.decode()


def test_nothing_claimed_twice_is_said(room):
    assert "Żadne miejsce nie jest zajęte dwa razy." in get(room, "claimed-twice").content.decode()


def test_hand_overs_are_drawn_along_their_border(room):
    report = dispatched(category=category(POTHOLE), location=near_border())
    forward(report, Unit.objects.get(code="wgk"), by=gis("gis"))
    page = get(room, "misroutes")
    [row] = page.context["rows"]
    assert row.cells[1:] == ["Dziura w jezdni", "ZDiT", "WGK", 1]
    kinds = [one["geometry"]["type"] for one in page.context["places"]["features"]]
    assert kinds[1] == "MultiPoint"
    assert kinds[0] in ("LineString", "MultiLineString")
    assert drawn(page) == [1, 1]
    assert "Przekazania w ostatnich dwunastu miesiącach: 1." in page.content.decode()
    file = get(room, "misroutes", "?format=csv").content.decode()
    assert f"{POTHOLE};Dziura w jezdni;zdit;wgk;1" in file
    other = category("uszkodzony-chodnik")
    assert get(room, "misroutes", f"?category={other.pk}").context["rows"] == []
    assert json.dumps(page.context["places"])


def test_a_wrong_filter_is_refused_by_its_field(room):
    page = get(room, "misroutes", "?layer=x&category=y")
    assert page.status_code == 400
    assert set(page.context["sheet"].form.errors) == {"layer", "category"}
