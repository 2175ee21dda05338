"""Nudges: quick, few, and nothing fails without a broker."""

import time

import pytest
import redis
from django.conf import settings
from django.db import transaction

from outbox.models import Letter
from owed import nudging
from tests.outbox.letters import message

SEND_DUE = "outbox.send_due"
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def broker():
    """The suite's own Redis, without messages and without pending nudges, and tried at once."""
    nudging.breaker.reset()
    connection = redis.Redis.from_url(settings.REDIS_URL)
    connection.delete("celery", nudging.pending_key(SEND_DUE))
    yield connection
    connection.delete("celery", nudging.pending_key(SEND_DUE))


@pytest.fixture
def no_broker(settings):
    settings.REDIS_URL = NOWHERE
    nudging.broker.cache_clear()
    yield
    nudging.broker.cache_clear()


def test_a_letter_nudges_once_it_is_committed(committed, broker):
    with transaction.atomic():
        message().send()
        assert broker.llen("celery") == 0
    assert broker.llen("celery") == 1


def test_a_letter_that_was_rolled_back_nudges_nobody(committed, broker):
    with transaction.atomic():
        message().send()
        transaction.set_rollback(True)
    assert broker.llen("celery") == 0


def test_a_burst_is_one_message(committed, broker):
    for _number in range(20):
        message().send()
    assert broker.llen("celery") == 1


def test_a_task_that_has_begun_can_be_nudged_again(broker):
    nudging.send_nudge(SEND_DUE)
    nudging.allow_next_nudge(SEND_DUE)
    nudging.send_nudge(SEND_DUE)
    assert broker.llen("celery") == 2


def test_a_nudge_that_nobody_took_is_repeated_after_a_while(broker):
    nudging.send_nudge(SEND_DUE)
    assert 0 < broker.pttl(nudging.pending_key(SEND_DUE)) <= nudging.PENDING_MS


def test_without_a_broker_letters_are_stored_all_the_same(committed, no_broker):
    assert message().send() == 1
    assert Letter.objects.count() == 1


def test_without_a_broker_only_the_first_nudge_tries(no_broker, capsys):
    nudging.send_nudge(SEND_DUE)
    start = time.perf_counter()
    for _number in range(1000):
        nudging.send_nudge(SEND_DUE)
    assert time.perf_counter() - start < 0.1
    assert capsys.readouterr().out.count("nudge_lost") <= 1


def test_a_task_begins_without_a_broker(no_broker):
    nudging.allow_next_nudge(SEND_DUE)


def test_a_connection_that_the_broker_cut_is_renewed(broker):
    nudging.send_nudge(SEND_DUE)
    mine = broker.client_id()
    for client in broker.client_list():
        if int(client["id"]) != mine and client["db"] == settings.REDIS_URL.rpartition("/")[2]:
            broker.client_kill_filter(_id=client["id"])
    nudging.allow_next_nudge(SEND_DUE)
    nudging.send_nudge(SEND_DUE)
    assert broker.llen("celery") == 2
