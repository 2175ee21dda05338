"""The receipt, for the browser that sent the report and for others."""

import pytest

from reports.secret_link import key_of
from tests.factories import submitted

pytestmark = pytest.mark.django_db


def test_the_receipt_shows_its_browser_which_draft_is_done(client):
    report = submitted()
    path = f"/zgloszenia/{report.reference}/potwierdzenie/"
    assert str(report.submission_id) not in client.get(path).text
    client.cookies["sender"] = key_of(report.reference)
    assert str(report.submission_id) in client.get(path).text
