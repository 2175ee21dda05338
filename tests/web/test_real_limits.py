"""The limits that the settings name, each of them, by the answer to one request too many.

A window is filled in Redis up to the last request but one, instead of sending hundreds.
"""

import json
from uuid import uuid4

import pytest
from django.urls import reverse
from limits import parse

from tests.factories import CITY_HALL, POTHOLE
from web import limits

WORDS = {
    "reference": "7K3M-94QX-2",
    "key": "x",
    "pk": uuid4(),
    "size": "small",
    "number": "1.0",
    "collection": "osiedla",
    "feature": "2026-01.katedralna",
    "code": "2026-01",
    "suffix": "geojson",
}
WRITING = ["10/minute", "60/hour"]
ROWS = [
    ("post", "reports:new", [], WRITING),
    ("post", "api:reports", [], WRITING),
    ("post", "api:photos", [], ["20/minute", "120/hour"]),
    ("post", "api:uploads", [], ["20/minute", "120/hour"]),
    ("patch", "api:upload", ["pk"], ["300/minute", "2400/hour"]),
    ("post", "reports:sender-correct", ["reference", "key"], WRITING),
    ("post", "reports:sender-withdraw", ["reference", "key"], WRITING),
    ("post", "reports:sender-remark", ["reference", "key"], WRITING),
    ("post", "reports:sender-verdict", ["reference", "key"], WRITING),
    ("post", "api:follow", ["reference"], ["20/minute", "100/hour"]),
    ("post", "reports:follow", ["reference"], ["20/minute", "100/hour"]),
    ("get", "regulations:rules-pdf", ["number"], ["30/minute"]),
    ("get", "regulations:clause-pdf", ["number"], ["30/minute"]),
    ("get", "regulations:cookies-pdf", ["number"], ["30/minute"]),
    ("get", "regulations:annex-pdf", ["number"], ["30/minute"]),
    ("get", "regulations:accessibility-pdf", ["number"], ["30/minute"]),
    ("get", "panel:case-sheet", ["reference"], ["30/minute"]),
    ("get", "panel:operator-day", [], ["30/minute"]),
    ("get", "panel:unit-day", [], ["30/minute"]),
    ("get", "districts:edition-file", ["code", "suffix"], ["60/minute"]),
    ("get", "districts:changes-file", ["code", "suffix"], ["30/minute"]),
    ("get", "ogc:items", ["collection"], ["20/second"]),
    ("get", "ogc:item", ["collection", "feature"], ["100/second"]),
    ("get", "reports:status-search", [], ["30/minute", "300/hour"]),
    ("get", "reports:status", ["reference"], ["60/minute", "600/hour"]),
    ("get", "reports:receipt", ["reference"], ["60/minute", "600/hour"]),
    ("get", "reports:qr", ["reference"], ["60/minute", "600/hour"]),
    ("get", "reports:calendar", ["reference"], ["60/minute", "600/hour"]),
    ("get", "reports:photo", ["pk", "size"], ["600/minute"]),
    ("get", "api:report", ["reference"], ["20/second"]),
    ("get", "api:locate", [], ["20/second"]),
    ("get", "api:addresses", [], ["20/second"]),
    ("get", "api:similar", [], ["20/second"]),
    ("post", "account_password_check", [], ["120/minute"]),
    ("post", "account_data", [], ["6/hour"]),
    ("post", "account_takeover", [], ["5/hour"]),
    ("post", "account_close", [], ["10/minute"]),
    ("post", "account_login", [], ["10/minute", "100/hour"]),
]
SINGLE = [(method, name, words, limit) for method, name, words, all_ in ROWS for limit in all_]
# What a report counts besides: limit → what one report too many is answered with.
REPORTS = {"5/10 minutes": 428, "300/minute": 428, "10/10 minutes": 429, "40/day": 429}


@pytest.fixture(autouse=True)
def counting(settings, db):
    """The limits of the settings, counted from zero."""
    settings.RATE_LIMITS_ENABLED = True
    limits.breaker.reset()
    limits.limiter.cache_clear()
    limits.limiter().storage.reset()
    yield
    limits.limiter().storage.reset()


def fill(ask, limit: str) -> None:
    """Ask once, and count so many more in the same window that one is left in it."""
    item, store = parse(limit), limits.limiter().storage.storage
    end = f"/{item.amount}/{item.multiples}/{item.GRANULARITY.name}".encode()
    # A window of a second may end before it is found; then it is begun again.
    for _try in range(20):
        assert ask() not in {428, 429}
        keys = [key for key in store.keys("*") if key.endswith(end)]
        if keys and store.persist(keys[0]):
            store.set(keys[0], item.amount - 1)
            return
    pytest.fail(f"no window of {limit} was begun")


@pytest.mark.parametrize(("method", "name", "words", "limit"), SINGLE)
def test_one_more_than_the_limit_is_refused(client, method, name, words, limit):
    path = reverse(name, kwargs={word: WORDS[word] for word in words})

    def ask() -> int:
        return getattr(client, method)(path).status_code

    fill(ask, limit)
    assert ask() != 429
    assert ask() == 429


@pytest.mark.parametrize(("limit", "refusal"), REPORTS.items())
def test_one_report_too_many_is_refused_or_asked_for_a_proof(client, limit, refusal):
    client.cookies["device"] = "device-of-a-flood"
    place = {"type": "Point", "coordinates": list(CITY_HALL.coords)}
    values = {"category": POTHOLE, "description": "Głęboka dziura.", "location": place}

    def ask() -> int:
        body = json.dumps(values | {"submission_id": str(uuid4())})
        path = reverse("api:reports")
        return client.post(path, body, content_type="application/json").status_code

    fill(ask, limit)
    assert ask() == 201
    assert ask() == refusal
