"""A list as an XLSX file: asked for, made by the worker, taken, erased."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from openpyxl import load_workbook

from catalogue.models import Category
from panel.models import Workbook
from panel.workbooks import making
from panel.workbooks.making import erase_workbooks, make_due
from tests.factories import dispatched
from units.models import Membership, Unit

pytestmark = pytest.mark.django_db
OPERATOR, UNIT = "/panel/operator/xlsx/", "/panel/jednostka/xlsx/"


@pytest.fixture(autouse=True)
def folder():
    """Empty before and after each test."""
    path = Path(settings.WORKBOOK_DIR)
    for left in path.iterdir():
        left.unlink()
    yield path
    for left in path.iterdir():
        left.unlink()


def asked(client, address: str, query: str = "zakres=wszystkie") -> Workbook:
    answer = client.post(address, {"query": query})
    assert (answer.status_code, answer["Location"]) == (302, "/panel/arkusze/")
    return Workbook.objects.latest("created_at")


def made(client, address: str, query: str = "zakres=wszystkie") -> Workbook:
    workbook = asked(client, address, query)
    assert make_due() == 1
    workbook.refresh_from_db()
    return workbook


def rows_of(client, workbook: Workbook) -> list[dict[str, object]]:
    answer = client.get(f"/panel/arkusze/{workbook.pk}/")
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    head, *rows = sheet.iter_rows()
    assert all(cell.data_type != "f" for row in rows for cell in row)
    return [
        dict(zip((one.value for one in head), (one.value for one in row), strict=True))
        for row in rows
    ]


def test_the_worker_makes_what_is_asked_for_and_the_page_gives_the_link(client, operator, folder):
    client.force_login(operator)
    reports = [dispatched() for _number in range(3)]
    workbook = asked(client, OPERATOR)
    page = client.get("/panel/arkusze/").text
    assert "Robimy arkusz." in page
    assert 'data-awaited="yes"' in page
    assert client.get(f"/panel/arkusze/{workbook.pk}/").status_code == 404
    # Whoever presses twice gets one.
    assert asked(client, OPERATOR) == workbook
    assert make_due() == 1
    page = client.get("/panel/arkusze/").text
    assert 'data-awaited=""' in page
    assert f'href="/panel/arkusze/{workbook.pk}/"' in page
    rows = rows_of(client, workbook)
    assert {row["Numer"] for row in rows} == {report.reference for report in reports}
    sent = timezone.localtime(reports[0].created_at).replace(second=0, microsecond=0, tzinfo=None)
    by_number = {row["Numer"]: row for row in rows}
    shown = by_number[reports[0].reference]
    assert shown["Zgłoszono"].replace(second=0, microsecond=0) == sent
    assert shown["Długość geograficzna"] == pytest.approx(reports[0].location.x)
    assert shown["Status"] == "wysłane do jednostki"
    assert [one.name for one in folder.iterdir()] == [f"{workbook.pk.hex}.xlsx"]


def test_no_text_becomes_a_formula(client, operator):
    client.force_login(operator)
    report = dispatched()
    named = Category.objects.rewrite(False).filter(pk=report.category_id)
    named.update(name='=HYPERLINK("http://example.org")')
    [row] = rows_of(client, made(client, OPERATOR))
    assert row["Kategoria"] == '=HYPERLINK("http://example.org")'


def test_a_unit_gets_its_own_reports_and_nobody_else_gets_its_file(
    client, unit_member, other_unit_member, operator
):
    ours, theirs = dispatched(), dispatched()
    type(theirs).objects.filter(pk=theirs.pk).update(unit=Unit.objects.get(code="wgk"))
    client.force_login(unit_member)
    workbook = made(client, UNIT)
    assert [row["Numer"] for row in rows_of(client, workbook)] == [ours.reference]
    for other in (other_unit_member, operator):
        client.force_login(other)
        assert client.get(f"/panel/arkusze/{workbook.pk}/").status_code == 404
        assert str(workbook.pk) not in client.get("/panel/arkusze/").text


def test_whoever_works_elsewhere_by_now_gets_nothing(client, unit_member):
    dispatched()
    client.force_login(unit_member)
    workbook = made(client, UNIT)
    Membership.objects.filter(user=unit_member).update(unit=Unit.objects.get(code="wgk"))
    assert client.get(f"/panel/arkusze/{workbook.pk}/").status_code == 404
    page = client.get("/panel/arkusze/").text
    assert f"/panel/arkusze/{workbook.pk}/" not in page
    assert "Nie masz już dostępu do wszystkich zgłoszeń z tego pliku." in page


def test_rights_are_those_of_the_moment_when_it_is_made(client, operator):
    dispatched()
    client.force_login(operator)
    workbook = asked(client, OPERATOR)
    operator.groups.clear()
    make_due()
    workbook.refresh_from_db()
    assert (workbook.state, workbook.reason) == ("refused", "Nie masz już dostępu do tej listy.")


def test_more_rows_than_a_sheet_has_are_refused_in_words(client, operator, monkeypatch):
    monkeypatch.setattr(making, "MOST_ROWS", 1)
    client.force_login(operator)
    for _number in range(2):
        dispatched()
    made(client, OPERATOR)
    assert "W arkuszu XLSX mieści się 1 048 575 zgłoszeń" in client.get("/panel/arkusze/").text


def test_a_selection_that_is_none_and_too_many_at_once_are_refused(client, operator):
    client.force_login(operator)
    assert client.post(OPERATOR, {"query": "status=nic"}).status_code == 400
    for status in ("received", "forwarded", "resolved"):
        asked(client, OPERATOR, f"zakres=wszystkie&status={status}")
    answer = client.post(OPERATOR, {"query": "zakres=wszystkie&status=rejected"})
    assert (answer.status_code, "Robimy już dla Ciebie 3 arkusze" in answer.text) == (409, True)


def test_a_worker_that_was_killed_is_followed_by_another(client, operator, monkeypatch, folder):
    client.force_login(operator)
    for _number in range(3):
        dispatched()
    workbook = asked(client, OPERATOR)

    def die(*_args):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(making, "cells_of", die)
        with pytest.raises(SystemExit):
            make_due()
    # Nobody else goes on before the lease has ended.
    assert make_due() == 0
    Workbook.objects.update(leased_until=timezone.now())
    assert make_due() == 1
    assert [one.name for one in folder.iterdir()] == [f"{workbook.pk.hex}.xlsx"]
    assert len(rows_of(client, workbook)) == 3


def test_a_worker_that_was_too_slow_leaves_no_file(client, operator, monkeypatch, folder):
    client.force_login(operator)
    dispatched()
    workbook = asked(client, OPERATOR)
    write = making.write_xlsx

    def slowly(*args):
        rows = write(*args)
        Workbook.objects.update(leased_until=timezone.now() + timedelta(minutes=5))
        return rows

    monkeypatch.setattr(making, "write_xlsx", slowly)
    assert make_due() == 0
    workbook.refresh_from_db()
    assert workbook.state == "owed"
    assert list(folder.iterdir()) == []


def test_what_kills_its_worker_is_given_up(client, operator):
    client.force_login(operator)
    workbook = asked(client, OPERATOR)
    Workbook.objects.update(attempts=3)
    make_due()
    workbook.refresh_from_db()
    assert (workbook.state, workbook.reason) == ("refused", "Nie udało się. Spróbuj jeszcze raz.")


def test_files_are_erased_when_their_time_has_passed(client, operator, folder, time_machine):
    """With them what a killed worker left."""
    client.force_login(operator)
    dispatched()
    workbook = made(client, OPERATOR)
    (folder / "left.xlsx").touch()
    erase_workbooks()
    assert Workbook.objects.exists()
    assert len(list(folder.iterdir())) == 2
    with time_machine(hours=settings.WORKBOOK_HOURS + 1):
        assert client.get(f"/panel/arkusze/{workbook.pk}/").status_code == 404
        erase_workbooks()
    assert not Workbook.objects.exists()
    assert list(folder.iterdir()) == []
