"""What staff write to each other about a report."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from own_reports.leaving import release_reports
from reports.handling.memos import add_memo
from reports.handling.status import change_status
from reports.letters.retention import erase_contacts
from reports.models import Memo, Report, Status
from reports.secret_link import link_of
from tests.factories import dispatched
from tests.panel.press import page, press

pytestmark = pytest.mark.django_db
TEXT = "Pani Kowalska dzwoniła, ekipa wolna od środy."


@pytest.fixture
def report() -> Report:
    return dispatched()


def test_staff_read_who_wrote_what(client, unit_member, operator, report):
    client.force_login(unit_member)
    assert press(client, "add-memo", report, {"text": TEXT}, prefix="memo").status_code == 302
    client.force_login(operator)
    shown = client.get(page(report)).text
    assert TEXT in shown
    assert unit_member.username in shown


def test_nobody_else_reads_it(client, resident, unit_member):
    report = dispatched(owner=resident)
    add_memo(report, text=TEXT, by=unit_member)
    pages = [report.get_absolute_url(), link_of(report), f"/api/v1/reports/{report.reference}/"]
    client.force_login(resident)
    pages.append(f"/konto/zgloszenia/{report.reference}/")
    for one in pages:
        answer = client.get(one)
        assert (answer.status_code, TEXT in answer.text) == (200, False)


def test_staff_of_another_unit_add_none(client, other_unit_member, report):
    client.force_login(other_unit_member)
    assert press(client, "add-memo", report, {"text": TEXT}, prefix="memo").status_code == 404
    assert not Memo.objects.exists()


def test_it_is_in_nobodys_way(client, unit_member, operator, report):
    seen = report.version
    add_memo(report, text=TEXT, by=operator)
    client.force_login(unit_member)
    values = {"status": "in_progress", "note": "Jedziemy."}
    answer = press(client, "change-status", report, values, prefix="status", version=seen)
    assert answer.status_code == 302


def test_an_empty_one_is_refused_by_its_field(client, unit_member, report):
    client.force_login(unit_member)
    answer = press(client, "add-memo", report, {"text": " "}, prefix="memo")
    assert answer.status_code == 400
    assert answer.context["memo"][0].form.errors["text"]


def test_nobody_edits_one(unit_member, report):
    memo = add_memo(report, text=TEXT, by=unit_member)
    with pytest.raises(IntegrityError), transaction.atomic():
        Memo.objects.filter(pk=memo.pk).update(text="")


def test_memos_are_erased_with_the_words_of_the_sender(unit_member, report):
    add_memo(report, text=TEXT, by=unit_member)
    change_status(report, Status.RESOLVED, by=unit_member, note="Gotowe.")
    erase_contacts()
    assert Memo.objects.exists()
    past = timezone.now() - timedelta(days=settings.CONTACT_RETENTION_DAYS, minutes=1)
    Report.objects.update(updated_at=past)
    erase_contacts()
    assert not Memo.objects.exists()


@pytest.mark.parametrize("keeps", [True, False])
def test_who_leaves_and_takes_the_words_along_leaves_no_memo(resident, unit_member, keeps):
    report = dispatched(owner=resident)
    add_memo(report, text=TEXT, by=unit_member)
    release_reports(resident, keep_texts=keeps)
    assert Memo.objects.exists() == keeps
