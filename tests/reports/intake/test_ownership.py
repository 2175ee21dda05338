"""Whose report it is that a browser kept for later."""

from uuid import uuid4

import pytest

from reports.models import Report
from tests.factories import CITY_HALL, POTHOLE

pytestmark = pytest.mark.django_db


def test_a_report_kept_on_a_shared_device_stays_its_writers(client, resident, other_resident):
    client.force_login(resident)
    mark = client.get("/zgloszenia/nowe/").context["account_mark"]
    body = {
        "submission_id": str(uuid4()),
        "category": POTHOLE,
        "description": "Dziura w jezdni.",
        "location": {"type": "Point", "coordinates": list(CITY_HALL.coords)},
    }

    def send(account: str):
        return client.post(
            "/api/v1/reports/", body | {"account": account}, content_type="application/json"
        )

    client.force_login(other_resident)
    assert send(mark).json()["code"] == "other_account"
    client.logout()
    assert send(mark).status_code == 409
    client.force_login(resident)
    assert send(mark).status_code == 201
    assert Report.objects.get().owner == resident
    body["submission_id"] = str(uuid4())
    assert send("").status_code == 201
    assert Report.objects.filter(owner=None).count() == 1
