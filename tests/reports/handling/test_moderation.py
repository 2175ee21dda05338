import pytest

from accounts.models import AuditEntry
from reports.handling.moderation import clear_description, set_visibility
from reports.models import Report
from reports.public import find_public
from tests.factories import dispatched

pytestmark = pytest.mark.django_db


def test_a_hidden_report_is_shown_to_nobody_but_its_status(operator, client):
    report = dispatched(description="obraźliwe słowa")
    set_visibility(report, is_hidden=True, by=operator, reason="obraźliwe")
    assert not Report.objects.public().exists()
    page = client.get(f"/status/{report.reference}/")
    assert page.status_code == 200
    assert "obraźliwe" not in page.content.decode()
    assert "Katedralna" not in page.content.decode()


def test_a_unit_no_longer_sees_what_the_operator_hid(operator, unit_member):
    report = dispatched()
    set_visibility(report, is_hidden=True, by=operator, reason="obraźliwe")
    assert not Report.objects.visible_to(unit_member).exists()
    assert Report.objects.visible_to(operator).get() == report


def test_a_report_can_be_shown_again(operator):
    report = dispatched()
    set_visibility(report, is_hidden=True, by=operator, reason="pomyłka")
    set_visibility(report, is_hidden=False, by=operator, reason="cofam")
    assert Report.objects.public().get() == report
    actions = AuditEntry.objects.order_by("id").values_list("action", flat=True)
    assert list(actions) == ["hidden", "unhidden"]


def test_the_description_is_public_only_after_staff_cleared_it(operator):
    report = dispatched()
    assert find_public(report.reference).description is None
    clear_description(report, by=operator, is_public=True)
    assert find_public(report.reference).description == report.description
