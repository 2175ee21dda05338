"""Staff merge reports on the page of one, see before what happens, and take them apart there."""

import pytest

from outbox.models import Letter
from reports.handling.correcting import forward
from reports.handling.merging import merge
from reports.models import Report, Status
from tests.accounts.letters import letters_to
from tests.factories import dispatched
from tests.panel.press import page, press, shown_loaded
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def original() -> Report:
    return dispatched(email="maria@example.org", consent=True)


@pytest.fixture
def report(original) -> Report:
    return dispatched(email="jan@example.org", consent=True)


def merged(client, report, act="merge", **values):
    return press(client, act, report, values, prefix="merge")


def test_a_suggestion_or_a_typed_number_is_merged_with(client, unit_member, report, original):
    client.force_login(unit_member)
    shown = client.get(page(report)).text
    assert f'value="{original.reference}"' in shown
    assert "0 m stąd, ta sama kategoria" in shown
    assert merged(client, report, chosen=original.reference).status_code == 302
    third = dispatched()
    typed = original.reference.lower().replace("-", " ")
    values = {"chosen": report.reference, "duplicate_of": typed}
    assert merged(client, third, **values).status_code == 302
    repeating = Report.objects.filter(status=Status.DUPLICATE, duplicate_of=original)
    assert set(repeating) == {report, third}
    assert f'href="{original.get_absolute_url()}"' in client.get(report.get_absolute_url()).text


@pytest.mark.parametrize(
    ("number", "words"),
    [("", "Wybierz zgłoszenie albo wpisz"), ("0000-0000-0", "Nie ma zgłoszenia o tym numerze.")],
)
@pytest.mark.parametrize("act", ["merge", "preview-merging"])
def test_what_names_no_report_is_refused_by_the_field(client, operator, report, act, number, words):
    client.force_login(operator)
    answer = merged(client, report, act, duplicate_of=number)
    assert answer.status_code == 400
    errors = [one.form.errors for one in answer.context["corrections"] if one.act.name == "merge"]
    assert words in errors[0]["duplicate_of"][0]


@pytest.mark.parametrize("act", ["merge", "preview-merging"])
def test_a_report_of_another_unit_is_refused_by_the_field(
    client, unit_member, operator, report, original, act
):
    forward(original, Unit.objects.get(code="wgk"), by=operator)
    client.force_login(unit_member)
    answer = merged(client, report, act, duplicate_of=original.reference)
    assert answer.status_code == 400
    assert "Tamtej sprawy nie prowadzi Twoja jednostka." in answer.text
    report.refresh_from_db()
    assert report.status == Status.FORWARDED


def test_the_preview_shows_the_very_letter_and_does_nothing(client, operator, report, original):
    client.force_login(operator)
    letters = Letter.objects.count()
    answer = merged(client, report, "preview-merging", chosen=original.reference)
    preview = answer.context["preview"]
    assert (answer.status_code, preview.readers, preview.later) == (200, 1, 2)
    report.refresh_from_db()
    assert (report.status, Letter.objects.count()) == (Status.FORWARDED, letters)
    merged(client, report, chosen=original.reference)
    (sent,) = [one for one in letters_to("jan@example.org") if "powtórzone" in one.subject]
    assert sent.subject == preview.subject
    assert f"Prowadzimy tę sprawę w zgłoszeniu {original.reference}." in preview.body
    assert preview.body in answer.text.replace("&#x27;", "'")


def test_reports_are_taken_apart_where_the_original_is_named(client, operator, report, original):
    client.force_login(operator)
    merge(report, duplicate_of=original, by=operator)
    report.refresh_from_db()
    assert "Rozdziel z powrotem" in client.get(page(report)).text
    assert press(client, "unmerge", report, {}, prefix="unmerge").status_code == 302
    report.refresh_from_db()
    assert report.status == Status.FORWARDED
    assert "Rozdziel z powrotem" not in client.get(page(report)).text


def test_who_answers_what_was_merged_meanwhile_is_told_what_changed(
    client, unit_member, operator, report, original
):
    client.force_login(unit_member)
    loaded = shown_loaded(client.get(page(report)), "status")
    merge(report, duplicate_of=original, by=operator)
    values = {"status": "resolved", "note": "Załatane.", "loaded": loaded}
    answer = press(client, "change-status", report, values, prefix="status")
    assert answer.status_code == 409
    assert "olga · powtórzone" in " ".join(answer.text.split())
    assert f"Prowadzimy tę sprawę w zgłoszeniu {original.reference}." in answer.text
    assert "Załatane." in answer.text
    report.refresh_from_db()
    assert report.status == Status.DUPLICATE


def test_who_merges_what_was_answered_meanwhile_is_told_too(
    client, unit_member, operator, report, original
):
    client.force_login(unit_member)
    seen = report.version
    press(client, "change-status", report, {"status": "in_progress"}, prefix="status")
    client.force_login(operator)
    answer = press(
        client, "merge", report, {"chosen": original.reference}, prefix="merge", version=seen
    )
    assert answer.status_code == 409
    assert f'value="{original.reference}"\n' in answer.text
    report.refresh_from_db()
    assert report.status == Status.IN_PROGRESS
