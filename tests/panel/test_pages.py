import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from reports.dispatch.channels import CHANNELS, DeliveryFailed
from reports.handling.status import change_status
from reports.models import Photo, Report, Status
from reports.public import find_public
from tests.factories import category, dispatched, send_to_units
from tests.panel.press import page, press
from tests.pictures import jpeg_upload
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return dispatched()


def test_a_unit_member_lands_in_the_units_room(client, unit_member, report):
    client.force_login(unit_member)
    answer = client.get("/panel/", follow=True)
    assert report.reference in answer.content.decode()
    assert client.get(page(report)).status_code == 200


def test_a_unit_member_sees_only_the_units_reports(client, other_unit_member, report):
    client.force_login(other_unit_member)
    assert report.reference not in client.get("/panel/jednostka/").content.decode()
    assert client.get(page(report)).status_code == 404


def test_a_unit_member_answers_with_a_photo_of_the_result(client, unit_member, report):
    client.force_login(unit_member)
    values = {"status": "resolved", "note": "Załatane.", "photo": jpeg_upload()}
    assert press(client, "change-status", report, values, prefix="status").status_code == 302
    report.refresh_from_db()
    assert report.status == Status.RESOLVED
    photo = Photo.objects.get()
    assert (photo.report, photo.kind, photo.is_public) == (report, Photo.Kind.RESULT, True)


def test_what_was_typed_stays_when_the_photo_is_refused(client, unit_member, report):
    client.force_login(unit_member)
    values = {
        "status": "resolved",
        "note": "Załatane.",
        "photo": jpeg_upload("nie zdjęcie".encode()),
    }
    answer = press(client, "change-status", report, values, prefix="status")
    assert answer.status_code == 415
    assert "Załatane." in answer.content.decode()
    report.refresh_from_db()
    assert report.status == Status.FORWARDED


def test_the_slower_of_two_is_told_with_409_and_keeps_the_text(client, unit_member, report):
    client.force_login(unit_member)
    values = {"status": "in_progress", "note": "Jedziemy."}
    seen = report.version
    press(client, "change-status", report, values, prefix="status")
    answer = press(client, "change-status", report, values, prefix="status", version=seen)
    assert answer.status_code == 409
    assert "Jedziemy." in answer.content.decode()


def test_what_the_slower_one_typed_goes_by_one_more_press(client, unit_member, report):
    client.force_login(unit_member)
    seen = report.version
    press(client, "change-status", report, {"status": "in_progress", "note": ""}, prefix="status")
    values = {"status": "resolved", "note": "Załatane."}
    answer = press(client, "change-status", report, values, prefix="status", version=seen)
    shown = re.search(r'name="status-version" value="(\d+)"', answer.text)[1]
    again = press(client, "change-status", report, values, prefix="status", version=shown)
    assert again.status_code == 302


def test_an_end_without_a_word_is_refused_by_the_form(client, unit_member, report):
    client.force_login(unit_member)
    answer = press(client, "change-status", report, {"status": "resolved"}, prefix="status")
    assert answer.status_code == 400


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_a_bad_version_is_400(client, unit_member, report, version):
    client.force_login(unit_member)
    values = {"status": "in_progress"}
    answer = press(client, "change-status", report, values, prefix="status", version=version)
    assert answer.status_code == 400


def test_a_unit_gives_back_what_is_not_its_own(client, unit_member, report):
    client.force_login(unit_member)
    press(client, "give-back", report, {"reason": "droga wewnętrzna"}, prefix="give_back")
    report.refresh_from_db()
    assert report.unit.is_operator
    assert client.get(page(report)).status_code == 404


def test_corrections_belong_to_the_operator(client, unit_member, report):
    client.force_login(unit_member)
    for name in ("correct-category", "correct-place", "forward", "visibility"):
        answer = client.post(reverse(f"panel:{name}", args=[report.reference]))
        assert answer.status_code == 403


def test_the_operator_sees_what_waits(client, operator, report):
    waiting = dispatched(category=category("inna-sprawa"))
    client.force_login(operator)
    shown = client.get("/panel/operator/").content.decode()
    assert waiting.reference in shown
    assert report.reference not in shown
    assert report.reference in client.get("/panel/operator/?zakres=wszystkie").content.decode()


def test_what_could_not_be_sent_waits_until_it_is_forwarded(client, operator, monkeypatch):
    def send(_dispatch) -> None:
        raise DeliveryFailed("no such address", is_permanent=True)

    with monkeypatch.context() as patch:
        patch.setitem(CHANNELS, Unit.Channel.PANEL, send)
        report = dispatched()
    client.force_login(operator)
    # A status by hand is no sending: the unit still does not have the report.
    press(client, "change-status", report, {"status": "in_progress"}, prefix="status")
    report.refresh_from_db()
    assert listed(client, "/panel/operator/") == [report]
    wgk = Unit.objects.get(code="wgk")
    press(client, "forward", report, {"unit": wgk.pk}, prefix="forward")
    send_to_units()
    report.refresh_from_db()
    assert (report.status, report.unit) == (Status.FORWARDED, wgk)
    states = list(report.dispatches.order_by("id").values_list("state", flat=True))
    assert states == ["superseded", "done"]
    assert listed(client, "/panel/operator/") == []


def test_the_earliest_time_limit_comes_first_and_then_whoever_sent_first(client, unit_member):
    reports = [dispatched() for _number in range(4)]
    today = timezone.localdate()
    for report, days in zip(reports, (3, 1, 3, None), strict=True):
        limit = None if days is None else today + timedelta(days=days)
        Report.objects.filter(pk=report.pk).update(expected_by=limit)
    client.force_login(unit_member)
    first, second, third, without = reports
    assert listed(client, "/panel/jednostka/") == [second, first, third, without]


def test_only_open_reports_are_overdue(client, unit_member):
    late, finished, today = [dispatched() for _number in range(3)]
    change_status(finished, Status.RESOLVED, by=unit_member, note="Załatane.")
    yesterday = timezone.localdate() - timedelta(days=1)
    for report, limit in ((late, yesterday), (finished, yesterday), (today, timezone.localdate())):
        Report.objects.filter(pk=report.pk).update(expected_by=limit)
        report.refresh_from_db()
    client.force_login(unit_member)
    assert listed(client, "/panel/jednostka/?termin=po-terminie") == [late]
    assert listed(client, "/panel/jednostka/?termin=po-terminie&zakres=wszystkie") == [late]
    assert [report.is_overdue for report in (late, finished, today)] == [True, False, False]
    shown = [find_public(report.reference).is_overdue for report in (late, finished, today)]
    assert shown == [True, False, False]


def listed(client, address: str) -> list[Report]:
    return client.get(address).context["page"].reports


def test_the_operator_corrects_the_place(client, operator, report):
    client.force_login(operator)
    press(client, "correct-place", report, {"place": "51.8449, 19.4687"}, prefix="place")
    report.refresh_from_db()
    assert report.district.code == "lagiewniki"


def test_a_place_outside_the_city_is_refused_by_the_form(client, operator, report):
    client.force_login(operator)
    answer = press(client, "correct-place", report, {"place": "52.2297 21.0122"}, prefix="place")
    assert answer.status_code == 422
    report.refresh_from_db()
    assert report.district.code == "katedralna"


def test_the_operator_forwards_hides_and_shows(client, operator, other_unit_member, report):
    client.force_login(operator)
    wgk = Unit.objects.get(code="wgk")
    press(client, "forward", report, {"unit": wgk.pk, "reason": "umowa"}, prefix="forward")
    send_to_units()
    report.refresh_from_db()
    assert (report.unit, report.status) == (wgk, Status.FORWARDED)
    assert list(Report.objects.visible_to(other_unit_member)) == [report]
    values = {"hidden": "on", "reason": "obraźliwe"}
    press(client, "visibility", report, values, prefix="visibility")
    report.refresh_from_db()
    assert report.is_hidden
    assert not Report.objects.visible_to(other_unit_member).exists()
    assert wgk.name not in client.get(report.get_absolute_url()).content.decode()
    press(client, "visibility", report, {"reason": "pomyłka"}, prefix="visibility")
    report.refresh_from_db()
    assert not report.is_hidden
    assert list(Report.objects.visible_to(other_unit_member)) == [report]
    assert wgk.name in client.get(report.get_absolute_url()).content.decode()
    entries = AuditEntry.objects.order_by("pk").values_list("action", "actor")
    assert list(entries) == [
        ("forwarded", operator.pk),
        ("hidden", operator.pk),
        ("unhidden", operator.pk),
    ]


def test_clearing_the_description_shows_it(client, unit_member, report):
    client.force_login(unit_member)
    press(client, "clear-description", report, {"public": "on"}, prefix="description")
    assert "Głęboka dziura" in client.get(f"/status/{report.reference}/").content.decode()


def test_filters_that_make_no_sense_are_no_error(client, operator):
    client.force_login(operator)
    query = {"q": "\0", "status": "x", "kategoria": "x", "osiedle": "x", "po": "x"}
    for name, value in query.items():
        page = client.get("/panel/operator/", {name: value})
        assert page.status_code == 400, name


def test_a_queue_asks_at_most_ten_questions_whatever_its_size(client, operator):
    for _number in range(6):
        dispatched(category=category("inna-sprawa"))
    client.force_login(operator)
    # The first request loads what the process keeps in memory, and notes the session.
    client.get("/panel/operator/")
    with CaptureQueriesContext(connection) as statements:
        client.get("/panel/operator/")
    # Others only say how long one may take.
    asked = [one for one in statements if "SELECT" in one["sql"]]
    assert len(asked) <= 10, asked


def test_staff_pages_are_closed_to_others(client, resident, report):
    assert client.get(page(report)).status_code == 302
    client.force_login(resident)
    assert client.get("/panel/operator/").status_code == 403
    assert client.get("/panel/jednostka/").status_code == 403
    assert client.get(page(report)).status_code == 403
    assert Report.objects.visible_to(resident).count() == 0


def test_editors_begin_with_their_list(client, editor):
    client.force_login(editor)
    page = client.get("/panel/", follow=True)
    assert page.redirect_chain == [("/panel/redakcja/", 302)]
