"""A bulk act as somebody prepares it, and its worker."""

from django.utils import timezone

from panel.models import BulkAct
from reports.models import Report
from tests.factories import dispatched
from tests.geo_portal.test_schedule import run

OPERATOR, UNIT = "/panel/operator/razem/", "/panel/jednostka/razem/"
ANSWER = {"status-status": "in_progress", "status-note": "Zaczynamy."}


def prepared(client, room: str, query: str, values: dict[str, str] = ANSWER) -> BulkAct:
    answer = client.post(f"{room}?{query}", values)
    assert answer.status_code == 302, answer.text
    return BulkAct.objects.latest("pk")


def ticked(*reports: Report) -> str:
    return "&".join(["czynnosc=change-status", *(f"r={one.reference}" for one in reports)])


def after_a_minute(bulk: BulkAct) -> BulkAct:
    """It is due, and the worker comes."""
    BulkAct.objects.filter(pk=bulk.pk, due_at__isnull=False).update(due_at=timezone.now())
    run("panel.do_bulk_acts")
    bulk.refresh_from_db()
    return bulk


def statuses() -> list[str]:
    return list(Report.objects.order_by("pk").values_list("status", flat=True))


def with_address(**changes) -> Report:
    return dispatched(email="anna@example.org", consent=True, **changes)
