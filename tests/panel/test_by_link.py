"""A unit that works by e-mail answers by the link in its letter, without an account."""

import re
from datetime import date

import pytest

from accounts.models import AuditEntry
from outbox.models import Letter
from reports.dispatch.dispatching import dispatch_due
from reports.handling.answering import answer_report
from reports.handling.correcting import forward
from reports.handling.moderation import set_visibility
from reports.letters.work_lists import owe_work_lists
from reports.models import Photo, Report, ReportWord, Status
from reports.unit_link import HandedOver, case_key, last_day_of_link
from tests.accounts.letters import letters_to, text_of
from tests.factories import dispatched
from tests.pictures import jpeg_upload
from units.models import Unit

pytestmark = pytest.mark.django_db
BY_MAIL = "zgo"


@pytest.fixture
def unit() -> Unit:
    return Unit.objects.get(code=BY_MAIL)


def sent_to(unit: Unit, operator) -> Report:
    """A report that ``unit`` got in a letter."""
    report = dispatched(email="maria@example.org", consent=True)
    forward(report, unit, by=operator)
    dispatch_due()
    report.refresh_from_db()
    return report


def links_to(unit: Unit) -> list[str]:
    """Of the newest letter to ``unit``, as paths."""
    text = text_of(letters_to(unit.email)[-1])
    return re.findall(r"https?://[^/\s]+(/z-wiadomosci/\S+)", text)


def answer_to(client, link: str, **values):
    page = client.get(link)
    version = page.context["form"]["version"].value()
    sent = {"version": version, "status": "resolved", "note": "Zrobione.", **values}
    return client.post(link, {f"status-{name}": value for name, value in sent.items()})


def test_a_press_answers_as_the_unit_and_opening_does_nothing(client, operator, unit):
    report = sent_to(unit, operator)
    (link,) = links_to(unit)
    before = Report.objects.get(pk=report.pk).version
    assert client.get(link).status_code == client.head(link).status_code == 200
    assert Report.objects.get(pk=report.pk).version == before
    assert answer_to(client, link, photo=jpeg_upload()).status_code == 302
    report.refresh_from_db()
    step = report.changes.last()
    assert (step.status, step.by, step.unit, step.note) == ("resolved", None, unit, "Zrobione.")
    assert report.photos.get(kind=Photo.Kind.RESULT).is_public
    entry = AuditEntry.objects.get(action=ReportWord.ANSWERED_BY_MAIL)
    assert (entry.actor, entry.details["unit"], entry.target_id) == (None, BY_MAIL, str(report.pk))
    assert "Zrobione." in text_of(letters_to("maria@example.org")[-1])


def test_the_rules_of_answers_are_those_of_the_panel(client, operator, unit):
    report = sent_to(unit, operator)
    (link,) = links_to(unit)
    refused = answer_to(client, link, note="")
    assert refused.status_code == 400
    assert refused.context["form"].errors["note"]
    stale = client.get(link).context["form"]["version"].value() - 1
    assert answer_to(client, link, version=stale).status_code == 409
    assert answer_to(client, link, status="received").status_code == 400
    report.refresh_from_db()
    assert report.status == Status.FORWARDED


def test_a_report_that_was_handed_over_makes_the_link_powerless(client, operator, unit):
    report = sent_to(unit, operator)
    (link,) = links_to(unit)
    form = {"status-version": report.version, "status-status": "resolved", "status-note": "Tak."}
    forward(report, Unit.objects.get(code="zlm"), by=operator)
    for answer in (client.get(link), client.post(link, form)):
        assert answer.status_code == 410
        assert "Tą sprawą nie zajmuje się już Twoja jednostka." in answer.text
    # Also once it is back: the unit has a newer letter.
    forward(report, unit, by=operator)
    dispatch_due()
    assert client.get(link).status_code == 410
    assert client.get(links_to(unit)[0]).status_code == 200


def test_an_answer_that_meets_a_handing_over_is_refused(operator, unit):
    """The link was looked at before the report was locked."""
    report = sent_to(unit, operator)
    letter = report.dispatches.last()
    forward(report, Unit.objects.get(code="zlm"), by=operator)
    with pytest.raises(HandedOver):
        answer_report(report, Status.RESOLVED, by=None, note="Gotowe.", letter=letter)


def test_a_hidden_report_is_not_shown(client, operator, unit):
    report = sent_to(unit, operator)
    (link,) = links_to(unit)
    set_visibility(report, is_hidden=True, reason="Obraźliwe", by=operator)
    assert client.get(link).status_code == 410


def test_a_link_ends_on_its_day_and_with_the_mailbox(
    client, operator, unit, settings, time_machine
):
    sent_to(unit, operator)
    (link,) = links_to(unit)
    with time_machine(days=settings.UNIT_LINK_DAYS):
        assert client.get(link).status_code == 200
    with time_machine(days=settings.UNIT_LINK_DAYS + 1):
        ended = client.get(link)
    assert ended.status_code == 410
    assert "minął jego czas" in ended.text
    unit.email = "inna@zgo.example.org"
    unit.save()
    assert client.get(link).status_code == 404


def test_a_key_opens_nothing_but_its_own_case(client, operator, unit):
    """Number, day and kind of a key are all signed."""
    mine, other = sent_to(unit, operator), sent_to(Unit.objects.get(code="zlm"), operator)
    until = last_day_of_link()
    key = case_key(mine.dispatches.last(), until)
    number, day, signature = key.split("-")
    theirs = other.dispatches.last()
    Photo.objects.create(report=other, state=Photo.State.READY)
    for wrong in (
        f"{theirs.pk}-{day}-{signature}",
        f"{number}-{int(day) + 1}-{signature}",
        f"{number}-{day}-{'a' * 26}",
        f"{number}-{date.max.toordinal() + 1}-{signature}",
        key.upper(),
        "x",
    ):
        assert client.get(f"/z-wiadomosci/{wrong}/").status_code == 404
    assert client.get(f"/z-wiadomosci/lista/{key}/").status_code == 404
    photo = other.photos.get()
    assert client.get(f"/z-wiadomosci/{key}/zdjecia/{photo.pk}/small.webp").status_code == 404


def test_one_letter_a_day_leads_to_all_the_work_of_the_unit(
    client, operator, unit, django_assert_max_num_queries
):
    reports = [sent_to(unit, operator) for _number in range(3)]
    foreign = sent_to(Unit.objects.get(code="zlm"), operator)
    assert owe_work_lists() == 2
    owe_work_lists()
    assert Letter.objects.filter(key__startswith=f"work-list:{BY_MAIL}:").count() == 1
    (link,) = links_to(unit)
    with django_assert_max_num_queries(8):
        page = client.get(link)
    assert all(report.reference in page.text for report in reports)
    assert foreign.reference not in page.text
    sent = reports[0].dispatches.last()
    (case,) = re.findall(rf'(/z-wiadomosci/{sent.pk}-[^"]+)"', page.text)
    assert answer_to(client, case).status_code == 302
    assert reports[0].reference not in client.get(link).text


def test_a_unit_without_work_gets_no_letter(operator, unit):
    report = sent_to(unit, operator)
    Report.objects.filter(pk=report.pk).update(status=Status.RESOLVED)
    assert owe_work_lists() == 0


def test_the_link_to_the_list_ends_within_days(client, operator, unit, time_machine):
    sent_to(unit, operator)
    owe_work_lists()
    (link,) = links_to(unit)
    with time_machine(days=3):
        assert client.get(link).status_code == 200
    with time_machine(days=4):
        assert client.get(link).status_code == 410
