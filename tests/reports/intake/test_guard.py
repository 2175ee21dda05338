"""The guard: a proof of work for machines, half a minute for people, limits for a device."""

import time
from datetime import timedelta
from uuid import uuid4

import altcha
import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from reports.intake.devices import COOKIE
from reports.intake.guard.challenge import has_waited, is_solved, make_challenge, make_ticket
from reports.intake.guard.switch import raise_guard, raised_until
from reports.models import Report
from tests.factories import POTHOLE, submitted
from web import limits

pytestmark = pytest.mark.django_db
URL = "/api/v1/reports/"


def report(**changes) -> dict:
    place = {"type": "Point", "coordinates": [19.4571, 51.7652]}
    values = {
        "submission_id": str(uuid4()),
        "category": POTHOLE,
        "description": "Głęboka dziura.",
        "location": place,
    }
    return values | changes


def send(client, values):
    return client.post(URL, values, content_type="application/json")


def solved(challenge: dict) -> str:
    task = altcha.Challenge.from_dict(challenge)
    return altcha.Payload(task, altcha.solve_challenge(task)).to_base64()


@pytest.fixture
def guard(operator):
    return raise_guard(by=operator)


def test_without_need_nobody_is_asked(client):
    assert send(client, report()).status_code == 201


def test_a_raised_guard_takes_a_solved_challenge(client, guard):
    values = report()
    asked = send(client, values)
    assert asked.status_code == 428
    assert asked.json()["code"] == "challenge_needed"
    proof = solved(asked.json()["challenge"])
    assert send(client, values | {"proof": proof}).status_code == 201
    # The proof is bound to one submission, so it sends nothing else.
    assert send(client, report(proof=proof)).status_code == 428
    assert Report.objects.count() == 1


@pytest.mark.parametrize("proof", ["x", "e30=", "bnVsbA==", "W10=", "ą", "eyJjaGFsbGVuZ2UiOnt9fQ"])
def test_what_is_no_proof_is_none(client, guard, proof):
    assert send(client, report(proof=proof)).status_code == 428


def test_a_proof_that_we_did_not_ask_for_is_none():
    key = uuid4()
    easy = altcha.create_challenge(
        "SHA-256", 1, data={"submission": str(key)}, hmac_secret="guessed"
    )
    assert not is_solved(altcha.Payload(easy, altcha.solve_challenge(easy)).to_base64(), key)


def test_a_proof_goes_stale(time_machine):
    key = uuid4()
    with time_machine(hours=-1):
        old = make_challenge(key)
    assert not is_solved(solved(old), key)
    assert is_solved(solved(make_challenge(key)), key)


def test_without_scripts_half_a_minute_is_enough(client, guard, monkeypatch):
    values = {"place": "51.7652, 19.4571", "category": POTHOLE, "description": "Głęboka dziura."}
    values |= {"submission_id": str(uuid4()), "similar_seen": "1"}
    page = client.post("/zgloszenia/nowe/", values)
    assert page.status_code == 428
    assert "odczekaj pół minuty" in page.content.decode()
    ticket = page.context["form"].wait_ticket
    assert client.post("/zgloszenia/nowe/", values | {"ticket": ticket}).status_code == 428
    monkeypatch.setattr("reports.intake.guard.challenge.WAIT", timedelta(seconds=-1))
    assert client.post("/zgloszenia/nowe/", values | {"ticket": ticket}).status_code == 303
    other = values | {"ticket": ticket, "submission_id": str(uuid4())}
    assert client.post("/zgloszenia/nowe/", other).status_code == 428


@pytest.mark.parametrize(
    ("seconds", "is_good"),
    [(0, False), (28, False), (32, True), (19 * 60, True), (20 * 60 + 2, False), (86_400, False)],
)
def test_a_ticket_is_good_from_half_a_minute_to_twenty(monkeypatch, seconds, is_good):
    key, then = uuid4(), time.time() + seconds
    ticket = make_ticket(key)
    monkeypatch.setattr("django.core.signing.time.time", lambda: then)
    assert has_waited(ticket, key) is is_good
    assert not has_waited(ticket, uuid4())


def test_a_report_that_is_repeated_is_never_asked(client, guard):
    first = submitted(description="Głęboka dziura.")
    assert send(client, report(submission_id=str(first.submission_id))).status_code == 200


@pytest.fixture
def counted(settings):
    """With the limits on and all counters at zero."""
    settings.RATE_LIMITS_ENABLED = True
    settings.RATE_LIMITS = {}
    limits.limiter().storage.reset()
    yield settings
    limits.limiter().storage.reset()


def test_an_eager_address_is_asked_others_are_not(client, counted):
    counted.EAGER_ADDRESS = "2/10 minutes"
    assert [send(client, report()).status_code for _ in range(3)] == [201, 201, 428]
    neighbour = client.post(URL, report(), content_type="application/json", REMOTE_ADDR="10.9.8.7")
    assert neighbour.status_code == 201


def test_a_busy_portal_asks_everybody(client, counted):
    counted.BUSY_PORTAL = "1/minute"
    assert send(client, report()).status_code == 201
    other = client.post(URL, report(), content_type="application/json", REMOTE_ADDR="10.9.8.7")
    assert other.status_code == 428


def test_a_device_may_send_so_many(client, counted):
    counted.DEVICE_LIMIT, counted.EAGER_ADDRESS = "2/10 minutes", "100/minute"
    first = send(client, report())
    assert client.cookies[COOKIE].value
    assert first.status_code == 201
    assert [send(client, report()).status_code for _ in range(3)] == [201, 201, 429]
    assert send(client, report()).json()["code"] == "too_many"
    client.cookies.clear()
    assert send(client, report()).status_code == 201


def test_proofs_do_not_lift_the_limit_of_a_device(client, counted, guard):
    counted.DEVICE_LIMIT = "1/10 minutes"
    client.cookies[COOKIE] = "device-of-a-flood"

    def proven():
        values = report()
        return send(client, values | {"proof": solved(send(client, values).json()["challenge"])})

    assert [proven().status_code, proven().status_code] == [201, 429]


def test_the_operator_raises_the_guard_and_lowers_it(client, operator, time_machine):
    client.force_login(operator)
    client.post(reverse("panel:guard"))
    assert "włączona do" in client.get(reverse("panel:operator")).content.decode()
    with time_machine(minutes=61):
        assert raised_until() is None
    client.post(reverse("panel:guard"), {"lower": "1"})
    assert raised_until() is None
    acts = list(
        AuditEntry.objects.filter(actor=operator).order_by("at").values_list("action", flat=True)
    )
    assert acts == ["guard_raised", "guard_lowered"]
