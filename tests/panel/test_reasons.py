"""What needs a decision of the operator and why, until the act that settles it."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from catalogue.models import RoutingRule
from catalogue.routing import RoutingDecision
from districts.models import Activation
from panel.queue.reasons import Reason, any_reason, reasons_of
from reports.assigning import Move, reassign_by_boundaries
from reports.changing import lock_reports
from reports.dispatch.channels import CHANNELS, DeliveryFailed
from reports.handling.correcting import forward
from reports.handling.status import change_status
from reports.models import Report, Status
from reports.second_thoughts.verdicts import give_verdict
from tests.factories import category, dispatched, send_to_units, submitted
from units.models import Unit

pytestmark = pytest.mark.django_db
QUEUE = "/panel/operator/"


def why(client, report: Report) -> list[Reason]:
    """Why ``report`` is in the operator's queue; its row says it in words."""
    page = client.get(QUEUE)
    if report not in page.context["page"].reports:
        assert not Report.objects.open().filter(any_reason(), pk=report.pk).exists()
        return []
    found = reasons_of(next(row for row in page.context["page"].reports if row == report))
    for reason in found:
        assert str(reason.label)[1:] in page.text
        assert client.get(QUEUE, {"powod": reason.value}).context["page"].reports == [report]
    return found


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def test_what_goes_its_way_needs_nobody(client, operator):
    client.force_login(operator)
    assert why(client, dispatched()) == []


def test_a_category_of_the_operator_waits_until_it_is_forwarded(client, operator):
    client.force_login(operator)
    row = RoutingRule.objects.filter(mode="operator", category__isnull=False, is_active=True)
    report = dispatched(category=row.first().category)
    assert why(client, report) == [Reason.BY_OPERATOR]
    forward(report, unit("zdit"), by=operator)
    send_to_units()
    assert why(client, report) == []


def test_what_no_row_of_the_annex_names_says_so(client, operator):
    client.force_login(operator)
    RoutingRule.objects.filter(category=category()).update(is_active=False)
    assert why(client, dispatched()) == [Reason.CATCH_ALL]


def test_what_a_unit_gave_back_says_so(client, operator, unit_member):
    client.force_login(operator)
    report = dispatched()
    forward(report, Unit.objects.get(is_operator=True), by=unit_member)
    send_to_units()
    assert why(client, report) == [Reason.RETURNED]


def test_what_could_not_be_sent_says_so(client, operator, monkeypatch):
    def refuse(_dispatch) -> None:
        raise DeliveryFailed("no such address", is_permanent=True)

    monkeypatch.setitem(CHANNELS, Unit.Channel.PANEL, refuse)
    client.force_login(operator)
    report = submitted()
    send_to_units()
    assert why(client, report) == [Reason.NOT_SENT]


def test_a_second_call_needs_the_operator_until_the_unit_begins(client, operator, unit_member):
    client.force_login(operator)
    report = dispatched()
    change_status(report, Status.RESOLVED, by=unit_member, note="Załatane.")
    give_verdict(report, is_fixed=False, text="Nadal dziura.")
    send_to_units()
    assert why(client, report) == [Reason.REOPENED]
    change_status(report, Status.IN_PROGRESS, by=unit_member)
    assert why(client, report) == []


def test_at_the_third_hand_over_it_goes_to_the_operator(client, operator, unit_member):
    client.force_login(operator)
    report = dispatched()
    for code, expected in (("wgk", []), ("zzm", []), ("wgk", [Reason.HANDED_OVER])):
        forward(report, unit(code), by=unit_member)
        send_to_units()
        report.refresh_from_db()
        assert why(client, report) == expected


def test_a_place_near_a_border_is_looked_at_unless_the_sender_chose_the_side(client, operator):
    client.force_login(operator)
    report = dispatched()
    Report.objects.filter(pk=report.pk).update(metres_to_border=29.9)
    assert why(client, report) == [Reason.BORDER]
    Report.objects.filter(pk=report.pk).update(side="katedralna")
    assert why(client, report) == []


def test_what_is_closed_needs_nobody(client, operator):
    client.force_login(operator)
    report = dispatched(category=category("inna-sprawa"))
    assert why(client, report)
    change_status(report, Status.REJECTED, by=operator, note="To nie jest sprawa miasta.")
    assert why(client, report) == []


def test_the_row_says_what_its_assignments_say(operator, unit_member):
    """Counted anew from the assignments, as the migration does for the past."""
    fill = import_module("reports.migrations.0025_lists_at_a_million").fill
    RoutingRule.objects.filter(category=category()).update(is_active=False)
    mode = RoutingRule.objects.filter(mode="operator", category__isnull=False, is_active=True)
    made = [dispatched(), dispatched(category=mode.first().category), dispatched()]
    for by in (operator, unit_member):
        forward(made[0], unit("zdit"), by=by)
    forward(made[2], Unit.objects.get(is_operator=True), by=unit_member)
    rows = Report.objects.order_by("pk").values_list("to_operator", "hand_overs")
    said = list(rows)
    assert said == [("", 2), ("category", 0), ("hand", 1)]
    Report.objects.update(to_operator="", hand_overs=0)
    fill(None, SimpleNamespace(connection=connection))
    assert list(rows.all()) == said


def test_new_boundaries_write_it_into_the_row_too():
    report = dispatched()
    rule = RoutingRule.objects.get(category=None, mode="operator", is_active=True)
    decision = RoutingDecision(unit=rule.unit, mode=rule.mode, rule=rule)
    with transaction.atomic():
        [locked] = lock_reports([report.pk])
        move = Move(
            report=locked,
            district=report.district,
            metres_to_border=500.0,
            decision=decision,
            region_id=None,
            is_sent=False,
            note="",
        )
        reassign_by_boundaries([move], activation=Activation.objects.first(), reason="granice")
    report.refresh_from_db()
    assert (report.to_operator, report.hand_overs) == ("catch_all", 0)
    assert report.assignments.last().rule == rule
