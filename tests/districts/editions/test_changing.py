"""A new edition of boundaries is published while reports, addresses and the annex refer to the one
before.
"""

import json

import pytest
from django.conf import settings
from django.core.management import call_command

from catalogue.annex.publishing import annex_state
from catalogue.models import RoutingRule
from districts.editions.publishing import publish_edition
from districts.gazetteer import find_address
from districts.locating import locate, locate_many
from districts.models import District, Edition
from districts.suggesting import suggest_addresses
from reports.handling.correcting import correct_category
from reports.models import Report
from tests.factories import CITY_HALL, category, dispatched
from tests.people import person
from tests.scratch import scratch_portal
from tests.template import template_database

FIXTURE = settings.BASE_DIR / "fixtures" / "lodz_districts.geojson"
# The annex gives this category in katedralna to ZDiT, and elsewhere to WGK.
PAVEMENT = "uszkodzony-chodnik"
# Addresses in katedralna: of the first the place is known, of the second the district only.
PLACED, UNPLACED = "6 Sierpnia 5", "Piotrkowska 104"
MEANING = ("code", "name", "borough", "teryt", "population")


@pytest.fixture
def portal(django_db_setup, django_db_blocker):
    """A database of its own: a published edition cannot be taken back."""
    with django_db_blocker.unblock(), scratch_portal(template_database()) as connection:
        yield connection


def next_edition(tmp_path):
    """Publish an edition in which katedralna lies where łagiewniki lay, and the other way round."""
    collection = json.loads(FIXTURE.read_text()) | {"edition": "2027-01"}
    of = {row["properties"]["code"]: row["properties"] for row in collection["features"]}
    centre, forest = of["katedralna"], of["lagiewniki"]
    swapped = {name: centre[name] for name in MEANING}
    centre.update({name: forest[name] for name in MEANING})
    forest.update(swapped)
    path = tmp_path / "next.geojson"
    path.write_text(json.dumps(collection))
    edition, is_new = publish_edition(path)
    assert is_new
    assert publish_edition(path) == (edition, False)
    return edition


def where(report: Report) -> tuple[str, str, str]:
    """District and edition of the report, and the unit that has it."""
    report = Report.objects.select_related("district__edition", "unit").get(pk=report.pk)
    binding = report.assignments.last()
    assert (binding.district, binding.edition) == (report.district, report.district.edition)
    assert binding.unit == report.unit
    return report.district.code, report.district.edition.code, report.unit.code


def shown_in(client, report: Report) -> str:
    return client.get(f"/api/v1/reports/{report.reference}/").json()["district"]["code"]


def drawn(client) -> dict[str, list]:
    """Code and outline of the districts that maps draw."""
    features = json.loads(client.get("/api/v1/districts/").content)["features"]
    return {row["properties"]["code"]: row["geometry"]["coordinates"] for row in features}


def test_old_reports_stay_and_new_ones_follow_the_new_edition(portal, client, tmp_path):
    first = Edition.objects.in_force()
    place = {"category": category(PAVEMENT), "location": CITY_HALL}
    old = dispatched(**place)
    assert where(old) == ("katedralna", first.code, "zdit")
    assert find_address(PLACED).district.code == "katedralna"
    rules = list(RoutingRule.objects.values_list("pk", "is_active"))
    before, asked = drawn(client), f"/api/v1/locate/?lat=51.7652&lon=19.4571&category={PAVEMENT}"
    assert client.get(asked).json()["unit"]["code"] == "zdit"

    new = next_edition(tmp_path)

    assert Edition.objects.in_force() == new
    assert (locate(CITY_HALL).edition, locate(CITY_HALL, edition=first).edition) == (new, first)
    assert locate_many([CITY_HALL]) == ["lagiewniki"]
    answer = client.get(asked).json()
    assert (answer["edition"], answer["unit"]["code"]) == (new.code, "wgk")
    # What was decided stays, and so does what it was decided by.
    assert where(old) == ("katedralna", first.code, "zdit")
    assert shown_in(client, old) == "katedralna"
    later = dispatched(**place)
    assert where(later) == ("lagiewniki", new.code, "wgk")
    assert shown_in(client, later) == "lagiewniki"
    # An address lies where the new boundaries say, if its place is known.
    assert find_address(PLACED).district == later.district
    suggested = {found.label: found.district.code for found in suggest_addresses(PLACED)}
    assert suggested[PLACED] == "lagiewniki"
    assert find_address(UNPLACED).district == new.districts.get(code="katedralna")
    after = drawn(client)
    assert (after["lagiewniki"], after["katedralna"]) == (
        before["katedralna"],
        before["lagiewniki"],
    )
    check_annex(rules, new)
    check_work_on_the_old_report(old, first)


def check_annex(rules: list, new: Edition) -> None:
    """Its rows name districts by codes, which the editions share: it is the same, and in force."""
    call_command("load_annex", verbosity=0)
    assert list(RoutingRule.objects.values_list("pk", "is_active")) == rules
    named = RoutingRule.objects.exclude(district_code="").values_list("district_code", flat=True)
    known = District.objects.filter(edition=new).values_list("code", flat=True)
    assert set(named) <= set(known)
    assert not annex_state().is_out_of_date


def check_work_on_the_old_report(old: Report, first: Edition) -> None:
    """A corrected category is decided by the place as it was routed, not by the new boundaries."""
    olga = person("olga", role="operator")
    correct_category(old, category(PAVEMENT), by=olga)
    assert where(old) == ("katedralna", first.code, "zdit")
