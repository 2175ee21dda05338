from contextlib import closing
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.gis.geos import Point
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from districts.editions.activating import (
    AlreadyInForce,
    InstantTaken,
    NotApproved,
    NothingAhead,
    NothingBefore,
    StartInPast,
    activate_edition,
    cancel_activations,
    return_to_previous,
)
from districts.editions.approving import (
    AlreadyBinding,
    ApproverDrewIt,
    NotChecked,
    approve_edition,
    withdraw_edition,
)
from districts.editions.drafting import Shape, change_draft, redo_change, undo_change
from districts.errors import NoEdition, OutsideLayer
from districts.locating import locate
from districts.models import Activation, DraftChange, Edition, EditionStep, State
from tests.districts.editions.drafts import SIDE, SOUTH, WEST, approved, drafted, square
from tests.districts.editions.drafts import gis as somebody
from tests.scratch import ALIAS, scratch_portal
from tests.template import template_database

THERE = Point(WEST + SIDE / 2, SOUTH + SIDE / 2, srid=4326)


@pytest.fixture(autouse=True)
def portal(django_db_setup, django_db_blocker):
    """Real commits: within one transaction the database's clock stands still."""
    with django_db_blocker.unblock(), scratch_portal(template_database()) as connection:
        yield connection


@pytest.fixture
def gis2(portal):
    return somebody("gis2")


def state_of(edition: Edition) -> str:
    return Edition.objects.with_state().get(pk=edition.pk).state


def code_at(moment=None) -> str:
    return locate(THERE, layer="mowing", at=moment).district.code


def two_editions() -> tuple[Edition, Edition]:
    return approved("one", {"a": square(0)}), approved("two", {"b": square(0)})


def test_exactly_one_edition_is_in_force_at_every_instant(gis2):
    first, second = two_editions()
    start, switch = timezone.now() - timedelta(days=9), timezone.now() + timedelta(days=3)
    assert [state_of(first), state_of(second)] == [State.APPROVED] * 2
    Activation.objects.create(layer=first.layer, edition=first, at=start)
    activate_edition(second, by=gis2, at=switch)
    assert [state_of(first), state_of(second)] == [State.IN_FORCE, State.SCHEDULED]
    with pytest.raises(NoEdition):
        code_at(start - timedelta(microseconds=1))
    moments = (start, None, switch - timedelta(microseconds=1), switch)
    assert [code_at(moment) for moment in moments] == ["a", "a", "a", "b"]


def test_the_switch_binds_the_next_statement_and_goes_back(gis2):
    first, second = two_editions()
    activate_edition(first, by=gis2)
    with pytest.raises(NothingBefore):
        return_to_previous(first.layer, by=gis2)
    activate_edition(second, by=gis2)
    assert (code_at(), state_of(first), state_of(second)) == ("b", State.PAST, State.IN_FORCE)
    with pytest.raises(AlreadyInForce):
        activate_edition(second, by=gis2)
    assert return_to_previous(first.layer, by=gis2).returns
    assert (code_at(), state_of(first), state_of(second)) == ("a", State.IN_FORCE, State.PAST)
    words = EditionStep.objects.filter(by=gis2).values_list("edition__code", "word")
    assert list(words) == [
        ("one", "approved"),
        ("two", "approved"),
        ("one", "activated"),
        ("two", "activated"),
        ("one", "returned"),
    ]


def test_the_osiedla_are_not_moved_by_another_layer(gis2):
    before = locate(THERE)
    activate_edition(two_editions()[0], by=gis2)
    assert locate(THERE) == before
    with pytest.raises(OutsideLayer) as refused:
        locate(Point(WEST, SOUTH - 5 * SIDE, srid=4326), layer="mowing")
    assert refused.value.extra["metres"] == pytest.approx(556, abs=2)


def test_a_day_that_is_past_or_taken_is_refused(gis2):
    first, second = two_editions()
    with pytest.raises(StartInPast):
        activate_edition(first, by=gis2, at=timezone.now() - timedelta(seconds=1))
    at = timezone.now() + timedelta(days=1)
    activate_edition(first, by=gis2, at=at)
    with pytest.raises(InstantTaken):
        activate_edition(second, by=gis2, at=at)
    assert Activation.objects.filter(layer="mowing").count() == 1


def test_a_day_ahead_is_cancelled_and_what_has_begun_is_not(gis2):
    first, second = two_editions()
    activate_edition(first, by=gis2)
    activate_edition(second, by=gis2, at=timezone.now() + timedelta(days=1))
    cancel_activations(second, by=gis2)
    assert state_of(second) == State.APPROVED
    for edition in (first, second):
        with pytest.raises(NothingAhead):
            cancel_activations(edition, by=gis2)
    assert code_at() == "a"


def test_what_was_never_in_force_can_be_withdrawn(gis2):
    first, second = two_editions()
    activate_edition(first, by=gis2)
    activate_edition(second, by=gis2, at=timezone.now() + timedelta(days=1))
    withdraw_edition(second, by=gis2)
    assert (state_of(second), second.activations.count()) == (State.WITHDRAWN, 0)
    with pytest.raises(NotApproved):
        activate_edition(second, by=gis2)
    with pytest.raises(AlreadyBinding):
        withdraw_edition(first, by=gis2)


def test_only_a_second_person_approves_what_was_checked(gis2):
    gis, gis3 = somebody("gis"), somebody("gis3")
    draft = drafted("next", {"a": square(0)}, by=gis)
    with pytest.raises(NotChecked):
        approve_edition(draft, by=gis2)
    change_draft(draft, {"b": Shape("B", square(1))}, by=gis3, word=DraftChange.Word.DRAWN)
    Edition.objects.filter(pk=draft.pk).update(checked_at=timezone.now())
    for who in (gis, gis3):
        with pytest.raises(ApproverDrewIt):
            approve_edition(draft, by=who)
    gis4 = somebody("gis4")
    redo_change(undo_change(draft, by=gis4), by=gis4)
    Edition.objects.filter(pk=draft.pk).update(checked_at=timezone.now())
    with pytest.raises(ApproverDrewIt):
        approve_edition(draft, by=gis4)
    change_draft(draft, {"b": Shape("Bb", square(1))}, by=gis3, word=DraftChange.Word.DRAWN)
    Edition.objects.filter(pk=draft.pk).update(checked_at=timezone.now())
    with pytest.raises(NotApproved):
        activate_edition(draft, by=gis2)
    assert approve_edition(draft, by=gis2).approved_by == gis2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE districts_edition SET approved_at = now(), approved_by_id = {author}",
        "UPDATE districts_edition SET approved_at = now(), approved_by_id = {drew}",
        "UPDATE districts_edition SET approved_at = now(), approved_by_id = {undid}",
        "UPDATE districts_edition SET approved_at = now()",
        "UPDATE districts_edition"
        " SET checked_at = NULL, approved_at = now(), approved_by_id = {by}",
        "INSERT INTO districts_activation (layer_id, edition_id, at, returns)"
        " SELECT layer_id, id, now() + interval '1 day', false FROM districts_edition",
    ],
)
def test_the_database_itself_wants_two_people_and_checks(gis2, statement):
    gis, gis3 = somebody("gis"), somebody("gis3")
    draft = drafted("next", {"a": square(0)}, by=gis)
    change_draft(draft, {"b": Shape("B", square(1))}, by=gis3, word=DraftChange.Word.DRAWN)
    change_draft(draft, {"c": Shape("C", square(2))}, by=gis3, word=DraftChange.Word.DRAWN)
    gis4 = somebody("gis4")
    undo_change(draft, by=gis4)
    Edition.objects.filter(pk=draft.pk).update(checked_at=timezone.now())
    filled = statement.format(author=gis.pk, drew=gis3.pk, undid=gis4.pk, by=gis2.pk)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{filled} WHERE code = 'next'")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE districts_activation SET at = at + interval '1 day'",
        "DELETE FROM districts_activation",
        "INSERT INTO districts_activation (layer_id, edition_id, at, returns)"
        " SELECT layer_id, edition_id, now() - interval '1 second', false"
        " FROM districts_activation",
        "UPDATE districts_edition SET withdrawn_at = now()",
        "DELETE FROM districts_editionstep",
        "UPDATE districts_editionstep SET by_id = NULL",
    ],
)
def test_the_database_itself_keeps_what_has_been_in_force(gis2, statement):
    activate_edition(two_editions()[0], by=gis2)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_two_switches_at_one_moment_take_turns(gis2):
    first, second = two_editions()
    barrier, got = Barrier(2), []

    def switch(edition: Edition) -> None:
        connections["default"] = connections[ALIAS]
        with closing(connection):
            barrier.wait()
            got.append(activate_edition(edition, by=gis2))

    threads = [Thread(target=switch, args=[edition]) for edition in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = max(got, key=lambda row: row.at)
    assert (len(got), code_at()) == (2, last.edition.districts.get().code)
