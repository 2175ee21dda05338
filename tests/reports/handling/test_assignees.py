"""Who of the staff does a report: taking it, letting it go, being given it."""

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from outbox.models import Letter
from reports.changing import StaleReport, save_moves
from reports.handling.assignees import (
    NotLeader,
    NotOfUnit,
    NotTheirs,
    let_go,
    set_assignee,
    take_report,
)
from reports.handling.correcting import correct_category, forward
from reports.models import Report
from tests.accounts.letters import letters_to, text_of
from tests.factories import category, dispatched
from tests.panel.press import page, press
from tests.people import person
from units.models import Membership, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    return dispatched()


@pytest.fixture
def leader(db) -> User:
    user = person("lena", unit="zdit")
    Membership.objects.filter(user=user).update(is_leader=True)
    return user


@pytest.fixture
def colleague(db) -> User:
    return person("karol", unit="zdit")


def assignee_of(report: Report) -> User | None:
    return Report.objects.get(pk=report.pk).assignee


def test_a_member_takes_a_report_and_lets_it_go(client, unit_member, report):
    client.force_login(unit_member)
    assert "Nikt jeszcze nie prowadzi tej sprawy." in client.get(page(report)).text
    assert press(client, "take", report, {}, prefix="take").status_code == 302
    assert assignee_of(report) == unit_member
    assert "Biorę tę sprawę" not in client.get(page(report)).text
    report.refresh_from_db()
    assert press(client, "let-go", report, {}, prefix="let_go").status_code == 302
    assert assignee_of(report) is None


def test_the_public_is_not_told_that_somebody_took_it(unit_member, report):
    before = Report.objects.get(pk=report.pk)
    take_report(report, by=unit_member)
    after = Report.objects.get(pk=report.pk)
    assert (after.updated_at, after.version) == (before.updated_at, before.version + 1)


def test_a_member_takes_over_from_somebody_who_is_away(unit_member, colleague, report):
    take_report(report, by=colleague)
    take_report(report, by=unit_member)
    assert assignee_of(report) == unit_member


def test_of_two_who_take_it_the_slower_one_is_told(unit_member, colleague, report):
    seen = report.version
    take_report(report, by=colleague, seen_version=seen)
    with pytest.raises(StaleReport):
        take_report(report, by=unit_member, seen_version=seen)
    assert assignee_of(report) == colleague


def test_nobody_lets_go_what_somebody_else_has(unit_member, colleague, report):
    take_report(report, by=colleague)
    with pytest.raises(NotTheirs):
        let_go(report, by=unit_member)
    assert assignee_of(report) == colleague


def test_a_leader_gives_a_report_to_a_member_who_gets_a_letter(client, leader, colleague, report):
    client.force_login(leader)
    values = {"assignee": colleague.pk}
    assert press(client, "set-assignee", report, values, prefix="assignee").status_code == 302
    assert assignee_of(report) == colleague
    [letter] = letters_to(colleague.email)
    assert report.reference in text_of(letter)
    assert f"/panel/zgloszenia/{report.reference}/" in text_of(letter)
    entry = AuditEntry.objects.get(action="assignee_set")
    assert (entry.actor, entry.details) == (leader, {"assignee": colleague.pk})


def test_who_takes_a_report_for_themselves_gets_no_letter(leader, report):
    set_assignee(report, assignee=leader, by=leader)
    assert not Letter.objects.filter(key__startswith="staff:").exists()


def test_a_member_who_does_not_lead_assigns_nobody(client, unit_member, colleague, report):
    client.force_login(unit_member)
    values = {"assignee": colleague.pk}
    assert press(client, "set-assignee", report, values, prefix="assignee").status_code == 403
    with pytest.raises(NotLeader):
        set_assignee(report, assignee=colleague, by=unit_member)
    assert assignee_of(report) is None


def test_a_leader_of_another_unit_assigns_nobody_here(client, colleague, report):
    other = person("lech", unit="wgk")
    Membership.objects.filter(user=other).update(is_leader=True)
    Membership.objects.create(user=other, unit=Unit.objects.get(code="zdit"))
    client.force_login(other)
    assert "Przydziel osobie" not in client.get(page(report)).text
    values = {"assignee": colleague.pk}
    assert press(client, "set-assignee", report, values, prefix="assignee").status_code == 403
    assert assignee_of(report) is None


def test_only_people_of_the_unit_are_given_its_reports(client, operator, other_unit_member, report):
    client.force_login(operator)
    values = {"assignee": other_unit_member.pk}
    assert press(client, "set-assignee", report, values, prefix="assignee").status_code == 400
    with pytest.raises(NotOfUnit):
        set_assignee(report, assignee=other_unit_member, by=operator)


def test_operators_are_given_what_the_operator_has(operator):
    waiting = dispatched(category=category("inna-sprawa"))
    other = person("oskar", role="operator")
    set_assignee(waiting, assignee=other, by=operator)
    assert assignee_of(waiting) == other


def test_in_another_unit_nobody_has_it_yet(operator, colleague, report):
    set_assignee(report, assignee=colleague, by=operator)
    forward(report, Unit.objects.get(code="wgk"), by=operator)
    assert assignee_of(report) is None
    # What they have not read they need not read.
    assert letters_to(colleague.email) == []


def test_a_correction_that_leaves_it_in_the_unit_leaves_it_to_its_person(
    operator, colleague, report
):
    take_report(report, by=colleague)
    correct_category(report, category("sygnalizacja"), by=operator)
    assert (assignee_of(report), report.unit.code) == (colleague, "zdit")


def test_mine_and_nobodys_are_open_reports(unit_member, operator, report):
    other = dispatched()
    take_report(report, by=unit_member)
    assert list(Report.objects.assigned_to(unit_member)) == [report]
    assert list(Report.objects.nobodys()) == [other]


def test_boundaries_that_move_it_take_it_from_its_person(colleague, report):
    take_report(report, by=colleague)
    stays, goes = Report.objects.get(pk=report.pk), dispatched()
    take_report(goes, by=colleague)
    goes = Report.objects.get(pk=goes.pk)
    goes.unit = Unit.objects.get(code="wgk")
    save_moves([stays, goes], at=timezone.now())
    assert (assignee_of(stays), assignee_of(goes)) == (colleague, None)
