import re
from email import message_from_bytes, policy

import pytest
from django.conf import settings

from accounts.models import ConsentEntry
from outbox.models import Letter
from reports.handling.status import change_status
from reports.letters.retention import erase_contacts
from reports.models import Contact, Status
from tests.factories import dispatched, submitted

pytestmark = pytest.mark.django_db
AS_WRITTEN = "ul.Piotrkowska 12.Latarnia nie świeci <od wczoraj> & straszy; zob. www.example.pl"


def parts(letter):
    message = message_from_bytes(bytes(letter.raw), policy=policy.default)
    text = message.get_body(preferencelist=("plain",)).get_content()
    text = text.replace("\r\n", "\n")
    html = message.get_body(preferencelist=("html",)).get_content()
    return text, html


def received(**changes):
    report = submitted(email="maria@example.org", consent=True, **changes)
    return report, *parts(Letter.objects.get())


def withdraw_link(text):
    return re.search(r"/zgloszenia/\S+/wypis/\S+", text).group()


def test_the_first_letter_tells_the_reference_and_the_unit():
    report, text, html = received()
    for body in (text, html):
        assert report.reference in body
        assert report.unit.name in body
        assert f"{settings.SITE_URL}/status/{report.reference}/" in body


def test_what_the_resident_wrote_arrives_as_written():
    _report, text, html = received(description=AS_WRITTEN)
    assert AS_WRITTEN in text
    assert "ul.Piotrkowska 12.Latarnia nie świeci &lt;od wczoraj&gt; &amp; straszy" in html
    assert 'href="http://www.example.pl' not in html


def test_an_answer_arrives_as_the_unit_wrote_it(unit_member):
    report = dispatched(email="maria@example.org", consent=True)
    change_status(report, Status.RESOLVED, by=unit_member, note="Załatano 12.03.\nDziękujemy!")
    text, html = parts(Letter.objects.last())
    assert "Załatano 12.03.\nDziękujemy!" in text
    assert "Załatano 12.03.<br>Dziękujemy!" in html


def test_opening_the_withdrawal_page_changes_nothing(client):
    report, text, _html = received()
    page = client.get(withdraw_link(text))
    assert page.status_code == 200
    assert Contact.objects.filter(report=report).exists()


def test_a_press_withdraws_at_once(client):
    report, text, _html = received()
    assert client.post(withdraw_link(text)).status_code == 200
    assert not Contact.objects.exists()
    assert Letter.objects.get().state == Letter.State.CANCELLED
    acts = ConsentEntry.objects.order_by("id").values_list("act", flat=True)
    assert list(acts) == ["given", "withdrawn"]
    change_status(report, Status.FORWARDED)
    assert Letter.objects.count() == 1


def test_withdrawing_leaves_letters_about_other_reports(client):
    _report, text, _html = received()
    other = submitted(email="maria@example.org", consent=True)
    client.post(withdraw_link(text))
    assert Contact.objects.get().report == other
    assert Letter.objects.filter(state=Letter.State.QUEUED).count() == 1


def test_a_second_press_answers_calmly(client):
    _report, text, _html = received()
    link = withdraw_link(text)
    client.post(link)
    assert client.post(link).status_code == 200


def test_a_wrong_secret_withdraws_nothing(client):
    report, _text, _html = received()
    client.post(f"/zgloszenia/{report.reference}/wypis/zly-sekret/")
    assert Contact.objects.filter(report=report).exists()


def test_the_address_goes_when_the_report_ended_long_ago(unit_member, time_machine):
    report = dispatched(email="maria@example.org", consent=True)
    change_status(report, Status.RESOLVED, by=unit_member, note="Zrobione.")
    assert erase_contacts() == 0
    with time_machine(days=settings.CONTACT_RETENTION_DAYS + 1):
        assert erase_contacts() == 1


def test_the_address_of_an_open_report_stays(time_machine):
    dispatched(email="maria@example.org", consent=True)
    with time_machine(days=400):
        assert erase_contacts() == 0


UNREACHABLE = '"a b"@example.org'


def test_an_unreachable_address_that_is_stored_holds_up_nobody():
    report = submitted(email="maria@example.org", consent=True)
    Contact.objects.create(report=report, email=UNREACHABLE, is_sender=False)
    change_status(report, Status.WITH_OPERATOR)
    report.refresh_from_db()
    assert report.status == Status.WITH_OPERATOR
    assert Letter.objects.filter(key__contains=":status-").count() == 1
