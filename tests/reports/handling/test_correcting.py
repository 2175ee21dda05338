import pytest
from django.contrib.gis.geos import Point

from accounts.models import AuditEntry
from districts.errors import OutsideCity
from reports.changing import StaleReport
from reports.dispatch.dispatching import dispatch_due
from reports.handling.correcting import correct_category, correct_place, forward
from reports.models import Dispatch, Report, Status
from tests.factories import WARSAW, category, dispatched, submitted
from units.models import Unit

pytestmark = pytest.mark.django_db
LAGIEWNIKI = Point(19.4687, 51.8449, srid=4326)


def test_another_category_is_routed_again_and_history_is_kept(operator):
    report = dispatched()
    correct_category(report, category("latarnia"), by=operator, reason="to latarnia")
    report.refresh_from_db()
    units = [row.unit.code for row in report.assignments.all()]
    assert units[0] == "zdit"
    assert units[1] == report.unit.code != "zdit"
    assert report.assignments.last().by == operator


def test_a_corrected_report_is_dispatched_to_the_new_unit(operator):
    report = dispatched()
    correct_category(report, category("latarnia"), by=operator)
    dispatch_due()
    report.refresh_from_db()
    last = report.changes.last()
    assert (last.status, last.unit) == (Status.FORWARDED, report.unit)


def test_another_place_is_located_again(operator):
    report = dispatched()
    correct_place(report, LAGIEWNIKI, by=operator)
    report.refresh_from_db()
    assert report.district.code == "lagiewniki"
    assert report.location.coords == LAGIEWNIKI.coords


def test_another_place_keeps_no_side_and_no_accuracy_of_the_old_one(operator):
    report = dispatched()
    Report.objects.filter(pk=report.pk).update(side="katedralna", accuracy=80)
    correct_place(report, LAGIEWNIKI, by=operator)
    report.refresh_from_db()
    assert (report.side, report.accuracy) == ("", None)


def test_a_place_outside_the_city_changes_nothing(operator):
    report = dispatched()
    with pytest.raises(OutsideCity):
        correct_place(report, WARSAW, by=operator)
    report.refresh_from_db()
    assert report.district.code == "katedralna"
    assert not AuditEntry.objects.exists()


def test_forwarding_by_hand_beats_the_annex(operator):
    report = dispatched()
    forward(report, Unit.objects.get(code="wgk"), by=operator, reason="umowa")
    report.refresh_from_db()
    assert report.unit.code == "wgk"
    assert report.assignments.last().rule is None


def test_a_sending_still_owed_is_superseded(operator):
    report = submitted()
    forward(report, Unit.objects.get(code="wgk"), by=operator)
    states = list(report.dispatches.order_by("id").values_list("state", flat=True))
    assert states == [Dispatch.State.SUPERSEDED, Dispatch.State.OWED]


def test_the_slower_of_two_corrections_is_refused(operator):
    report = dispatched()
    with pytest.raises(StaleReport):
        correct_category(report, category(), by=operator, seen_version=report.version - 1)
