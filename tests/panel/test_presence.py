"""Two people on one case: who else answers, and what changed since the page was opened."""

import time

import pytest
import redis

from owed.nudging import broker
from panel.report import presence
from reports.handling.assignees import take_report
from reports.handling.status import change_status
from reports.models import Report, Status, StatusChange
from tests.factories import dispatched
from tests.panel.press import page, press, shown_loaded
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    return dispatched()


@pytest.fixture
def colleague(db):
    return person("karol", unit="zdit")


@pytest.fixture(autouse=True)
def nobody_answers(report):
    presence.breaker.reset()
    yield
    broker().delete(f"answering:{report.pk}")


def address(report: Report) -> str:
    return f"{page(report)}odpowiadam/"


def test_somebody_who_types_is_named_to_the_others(client, unit_member, colleague, report):
    client.force_login(colleague)
    assert client.post(address(report)).json() == {"people": [], "version": report.version}
    client.force_login(unit_member)
    assert client.get(address(report)).json()["people"] == ["karol"]


def test_who_only_looks_is_named_to_nobody(client, unit_member, colleague, report):
    client.force_login(colleague)
    client.get(address(report))
    client.force_login(unit_member)
    assert client.get(address(report)).json()["people"] == []


def test_a_minute_after_the_last_key_nobody_is_named(client, unit_member, colleague, report):
    presence.note_answering(report, colleague)
    old = time.time() - presence.SECONDS - 1
    broker().zadd(f"answering:{report.pk}", {str(colleague.pk): old})
    client.force_login(unit_member)
    assert client.get(address(report)).json()["people"] == []
    assert 0 < broker().ttl(f"answering:{report.pk}") <= presence.SECONDS


def test_staff_of_another_unit_learn_nothing(client, other_unit_member, report):
    client.force_login(other_unit_member)
    assert client.post(address(report)).status_code == 404
    assert broker().zcard(f"answering:{report.pk}") == 0


def test_without_redis_nobody_is_named_and_nothing_fails(client, unit_member, monkeypatch, report):
    def away():
        raise redis.ConnectionError

    monkeypatch.setattr(presence, "broker", away)
    client.force_login(unit_member)
    answer = client.post(address(report))
    assert (answer.status_code, answer.json()["people"]) == (200, [])
    presence.breaker.reset()


def test_the_slower_one_sees_what_was_done_and_what_they_typed(
    client, unit_member, colleague, report
):
    client.force_login(unit_member)
    loaded = shown_loaded(client.get(page(report)), "status")
    seen = report.version
    take_report(report, by=colleague)
    change_status(report, Status.IN_PROGRESS, by=colleague, note="Ekipa jedzie w środę.")
    values = {"status": "resolved", "note": "Załatane w poniedziałek.", "loaded": loaded}
    answer = press(client, "change-status", report, values, prefix="status", version=seen)
    assert answer.status_code == 409
    events = answer.context["meanwhile"]
    assert [(event.who, str(event.what), event.text) for event in events] == [
        ("karol", "wzięcie sprawy", ""),
        ("karol", "w realizacji", "Ekipa jedzie w środę."),
    ]
    assert "Załatane w poniedziałek." in answer.text
    assert not StatusChange.objects.filter(note="Załatane w poniedziałek.").exists()


@pytest.mark.parametrize("loaded", ["", "wczoraj", "2026-13-45T99:99", "2026-11-27T10:00"])
def test_an_instant_that_is_none_only_shows_less(client, unit_member, colleague, report, loaded):
    client.force_login(unit_member)
    seen = report.version
    change_status(report, Status.IN_PROGRESS, by=colleague)
    values = {"status": "resolved", "note": "Załatane.", "loaded": loaded}
    answer = press(client, "change-status", report, values, prefix="status", version=seen)
    assert (answer.status_code, list(answer.context["meanwhile"])) == (409, [])
    assert "Załatane." in answer.text
