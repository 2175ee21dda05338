"""The files that the receipt offers."""

from io import BytesIO

import pytest
from django.urls import reverse
from icalendar import Calendar

from reports.models import Report, Status
from tests.factories import submitted

pytestmark = pytest.mark.django_db


def test_the_code_is_a_picture_of_the_status_page(client):
    report = submitted()
    answer = client.get(reverse("reports:qr", args=[report.reference]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")
    assert b"<script" not in answer.content


def test_the_expected_date_goes_into_a_calendar(client):
    report = submitted()
    answer = client.get(reverse("reports:calendar", args=[report.reference]))
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"{report.reference}.ics" in answer["Content-Disposition"]
    (event,) = Calendar.from_ical(BytesIO(answer.content).read()).walk("VEVENT")
    assert event.decoded("dtstart") == report.expected_by
    assert str(event["url"]).endswith(report.get_absolute_url())
    assert report.reference in str(event["summary"])


def test_without_a_date_there_is_none(client):
    report = submitted()
    Report.objects.update(expected_by=None)
    where = reverse("reports:calendar", args=[report.reference])
    assert client.get(where).status_code == 404
    assert where not in client.get(reverse("reports:receipt", args=[report.reference])).text
    Report.objects.update(expected_by="2026-12-01", status=Status.RESOLVED)
    assert client.get(where).status_code == 404


def test_the_receipt_offers_them(client, settings):
    report = submitted()
    page = client.get(reverse("reports:receipt", args=[report.reference])).text
    for name in ("qr", "calendar"):
        assert reverse(f"reports:{name}", args=[report.reference]) in page
    assert f'data-share="{settings.SITE_URL}{report.get_absolute_url()}"' in page
