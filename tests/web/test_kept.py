"""What a process keeps of the reference data is never older than the last committed change."""

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalogue.categories import active_categories
from catalogue.models import Category
from catalogue.routing import choose_unit
from districts.models import District, Edition
from reports.intake.guard.switch import lower_guard, raise_guard, raised_until
from tests.factories import CITY_HALL
from tests.scratch import address_of
from units.models import Unit

HOLE = "dziura-w-jezdni"
NEW_SWITCH = (
    "INSERT INTO web_switchchange (sentence, sentence_en, sentence_uk, function, is_on, at)"
    " VALUES ('Nie teraz.', '', '', 'map', %s, now())"
)
NEW_ICON = "UPDATE catalogue_category SET icon = %s WHERE code = %s"


@pytest.fixture
def elsewhere(committed):
    """A connection of another process."""
    with psycopg.connect(address_of(connection.settings_dict["NAME"])) as other:
        yield other
        other.rollback()


@pytest.fixture
def district(db) -> District:
    return District.objects.filter(edition=Edition.objects.in_force())[0]


def test_what_another_process_commits_is_seen_at_once(elsewhere):
    icon = active_categories()[HOLE].icon
    elsewhere.execute(NEW_ICON, ["moon", HOLE])
    assert active_categories()[HOLE].icon == icon
    elsewhere.commit()
    assert active_categories()[HOLE].icon == "moon"
    elsewhere.execute(NEW_ICON, [icon, HOLE])
    elsewhere.commit()
    assert active_categories()[HOLE].icon == icon


def test_what_another_process_switches_is_in_force_at_the_next_request(elsewhere, client):
    assert client.get("/mapa/").status_code == 200
    elsewhere.execute(NEW_SWITCH, [False])
    assert client.get("/mapa/").status_code == 200
    elsewhere.commit()
    assert client.get("/mapa/").status_code == 503
    elsewhere.execute(NEW_SWITCH, [True])
    elsewhere.commit()
    assert client.get("/mapa/").status_code == 200


def test_what_was_rolled_back_is_not_kept(elsewhere):
    """Even if another change is committed next: its number is not that of the one undone."""
    name = active_categories()[HOLE].name
    with transaction.atomic():
        Category.objects.filter(code=HOLE).update(name="Nigdy")
        assert active_categories()[HOLE].name == "Nigdy"
        transaction.set_rollback(True)
    elsewhere.execute("UPDATE catalogue_category SET position = position WHERE code = %s", [HOLE])
    elsewhere.commit()
    assert active_categories()[HOLE].name == name


@pytest.mark.parametrize("change", ["group", "category", "rule", "unit"])
def test_every_table_that_something_is_kept_from_is_watched(db, district, change):
    category = active_categories()[HOLE]
    decision = choose_unit(category, district, CITY_HALL)
    if change == "group":
        category.group.__class__.objects.update(name="Inna grupa")
        assert active_categories()[HOLE].group.name == "Inna grupa"
    elif change == "category":
        Category.objects.filter(code=HOLE).update(is_active=False)
        assert HOLE not in active_categories()
    elif change == "rule":
        other = Unit.objects.exclude(pk=decision.unit.pk)[0]
        decision.rule.__class__.objects.filter(pk=decision.rule.pk).update(unit=other)
        assert choose_unit(category, district, CITY_HALL).unit == other
    else:
        Unit.objects.filter(pk=decision.unit.pk).update(email="nowy@example.org")
        assert choose_unit(category, district, CITY_HALL).unit.email == "nowy@example.org"


def test_the_guard_is_raised_and_lowered_at_once(operator):
    assert raised_until() is None
    row = raise_guard(by=operator)
    assert raised_until() == row.until
    lower_guard(by=operator)
    assert raised_until() is None


def test_the_number_is_read_once_in_a_request_and_anew_in_the_next(client, db):
    def ask() -> tuple[dict, int]:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/api/v1/locate/?lat=51.7652&lon=19.4571&category={HOLE}").json()
        return answer, sum("web_revision" in query["sql"] for query in queries)

    first, reads = ask()
    assert reads == 1
    Unit.objects.filter(code=first["unit"]["code"]).update(name="Nowa nazwa")
    second, reads = ask()
    assert (second["unit"]["name"], reads) == ("Nowa nazwa", 1)
