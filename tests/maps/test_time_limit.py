"""Looking for an answer ends after the time that somebody is ready to wait."""

import pytest
from django.db import OperationalError, connection

from maps.time_limit import read_within

pytestmark = pytest.mark.django_db


def run(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_what_is_found_in_time_is_handed_on():
    assert read_within(1_000, lambda: run("SELECT 7")) == [(7,)]


def test_what_takes_longer_is_given_up_and_the_next_statement_works():
    assert read_within(20, lambda: run("SELECT pg_sleep(5)")) is None
    assert run("SELECT 1") == [(1,)]


def test_the_bound_ends_with_the_reading():
    before = run("SHOW statement_timeout")
    read_within(20, lambda: run("SELECT 1"))
    assert run("SHOW statement_timeout") == before


def test_another_fault_is_not_taken_for_slowness():
    def fail():
        raise OperationalError("the server went away")

    with pytest.raises(OperationalError):
        read_within(1_000, fail)
