"""The list of reports comes in pages, which nobody can make longer than the portal allows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from api.v1 import listing
from reports.models import Report
from reports.references import new_reference
from tests.factories import submitted

pytestmark = pytest.mark.django_db
LONGEST, USUAL = 1000, 500


@pytest.fixture
def references() -> list[str]:
    """Of more reports than fit on one page, the newest first; one more is hidden."""
    first = submitted()
    copies = [Report.objects.get(pk=first.pk) for _number in range(LONGEST + 1)]
    for number, copy in enumerate(copies, start=1):
        copy.pk, copy.submission_id, copy.reference = None, uuid4(), new_reference()
        copy.created_at = first.created_at + timedelta(seconds=number)
    copies[-1].is_hidden = True
    Report.objects.bulk_create(copies)
    return [copy.reference for copy in reversed(copies[:-1])] + [first.reference]


def listed(answer) -> list[str]:
    return [feature["properties"]["reference"] for feature in answer.json()["features"]]


@pytest.mark.parametrize("wanted", [LONGEST, LONGEST + 1, 5000, 10**9])
def test_a_page_is_never_longer_than_the_cap(client, references, wanted, monkeypatch):
    monkeypatch.setattr(listing, "_MOST", LONGEST)
    page = client.get(reverse("api:reports"), {"limit": wanted})
    assert listed(page) == references[:LONGEST]
    rest = client.get(page.json()["next"])
    assert listed(rest) == references[LONGEST:]
    assert rest.json()["next"] is None


def test_whoever_asks_for_no_length_gets_the_usual_one(client, references):
    page = client.get(reverse("api:reports"))
    assert listed(page) == references[:USUAL]
    assert listed(client.get(page.json()["next"])) == references[USUAL : 2 * USUAL]
