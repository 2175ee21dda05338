"""Which acts are done to many reports at once, and what each of them leaves as it is."""

import pytest
from django.test import Client

from accounts.models import AuditEntry
from catalogue.models import Category
from panel.bulk import acting
from panel.bulk.acting import confirm
from panel.models import BulkAct, BulkItem
from reports.handling.moderation import set_visibility
from reports.models import Report, ReportWord
from tests.factories import dispatched
from tests.panel.bulk import (
    ANSWER,
    OPERATOR,
    UNIT,
    after_a_minute,
    prepared,
    statuses,
    ticked,
    with_address,
)
from units.models import Unit

pytestmark = pytest.mark.django_db


def test_only_acts_of_the_registry_that_may_be_done_in_bulk_are_offered(
    client, operator, unit_member
):
    report = dispatched()
    client.force_login(unit_member)
    assert [act.name for act in acting.bulk_acts_for(unit_member)] == [
        "take",
        "let-go",
        "change-status",
        "give-back",
        "merge",
    ]
    assert "give-back" not in [act.name for act in acting.bulk_acts_for(operator)]
    for name in ("ask-sender", "forward", "nothing", ""):
        answer = client.get(f"{UNIT}?czynnosc={name}&r={report.reference}")
        assert answer.status_code == 400
        assert "Wybierz, co zrobić" in answer.text


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("take", {}),
        ("change-status", ANSWER),
        ("correct-category", {"category-category": "{category}", "category-reason": "pomyłka"}),
        ("forward", {"forward-unit": "{unit}", "forward-reason": "to ich"}),
        ("visibility", {"visibility-hidden": "True", "visibility-reason": "dane osobowe"}),
        ("set-assignee", {"assignee-assignee": "{person}"}),
        ("merge", {"merge-duplicate_of": "{original}"}),
    ],
)
def test_each_act_is_done_to_each_report_with_its_trail(
    client, operator, unit_member, name, values
):
    reports = [dispatched() for _number in range(2)]
    client.force_login(operator)
    known = {
        "{category}": str(reports[0].category_id),
        "{unit}": str(Unit.objects.get(code="wgk").pk),
        "{person}": str(unit_member.pk),
        "{original}": dispatched().reference,
    }
    sent = {key: known.get(value, value) for key, value in values.items()}
    query = ticked(*reports).replace("change-status", name)
    assert client.get(f"{OPERATOR}?{query}").status_code == 200
    bulk = prepared(client, OPERATOR, query, sent)
    assert client.get(f"/panel/razem/{bulk.pk}/").status_code == 200
    confirm(bulk)
    after_a_minute(bulk)
    assert [item.reason for item in bulk.items.all()] == ["", ""]
    act = next(one for one in acting.ACTS if one.name == name)
    trail = AuditEntry.objects.filter(action__in=act.words, actor=operator)
    assert sorted(int(one.target_id) for one in trail) == [one.pk for one in reports]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"status-note": "Zaczynamy."}, "To pole jest wymagane."),
        ({"status-status": "resolved"}, "Napisz odpowiedź"),
        ({"merge-duplicate_of": ""}, "Wybierz zgłoszenie albo wpisz jego numer."),
    ],
)
def test_what_could_be_done_to_none_of_them_is_refused_at_once(client, of_unit, sent, words):
    act = "merge" if "merge-duplicate_of" in sent else "change-status"
    query = ticked(dispatched()).replace("change-status", act)
    answer = client.post(f"{UNIT}?{query}", sent)
    assert (answer.status_code, words in answer.text) == (400, True)
    assert sent.get("status-note", "") in answer.text
    assert not BulkAct.objects.exists()


def test_a_form_that_has_expired_is_shown_with_what_was_typed(unit_member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(unit_member)
    answer = client.post(f"{UNIT}?{ticked(dispatched())}", ANSWER)
    assert (answer.status_code, "Zaczynamy." in answer.text) == (403, True)
    assert not BulkAct.objects.exists()


def test_many_are_closed_as_repetitions_of_one_that_stays(client, of_unit):
    original, *others = (with_address() for _number in range(3))
    other_unit = dispatched()
    Report.objects.filter(pk=other_unit.pk).update(unit=Unit.objects.get(code="wgk"))
    query = ticked(original, *others).replace("change-status", "merge")
    answer = client.post(f"{UNIT}?{query}", {"merge-duplicate_of": other_unit.reference})
    assert (answer.status_code, "nie prowadzi Twoja jednostka" in answer.text) == (400, True)
    bulk = prepared(client, UNIT, query, {"merge-duplicate_of": original.reference})
    page = client.get(f"/panel/razem/{bulk.pk}/").text
    assert "Zmienimy zgłoszenia: 2." in page
    assert "Nie zmienimy: 1 (pozostałe mają je powtarzać)." in page
    assert f"Prowadzimy tę sprawę w zgłoszeniu {original.reference}." in page
    confirm(bulk)
    after_a_minute(bulk)
    assert set(original.duplicates.all()) == set(others)
    assert bulk.items.get(state=BulkItem.State.REFUSED).report == original


def test_what_is_hidden_already_is_not_hidden_again(client, operator):
    first, second = dispatched(), dispatched()
    set_visibility(first, is_hidden=True, by=operator, reason="dane osobowe")
    client.force_login(operator)
    query = ticked(first, second).replace("change-status", "visibility")
    form = client.get(f"{OPERATOR}?{query}").text
    assert '<input type="hidden" name="visibility-hidden" value="True"' in form
    values = {"visibility-hidden": "True", "visibility-reason": "dane osobowe"}
    bulk = prepared(client, OPERATOR, query, values)
    assert "Nie zmienimy: 1 (już tak jest)." in client.get(f"/panel/razem/{bulk.pk}/").text
    confirm(bulk)
    after_a_minute(bulk)
    assert bulk.items.get(state=BulkItem.State.REFUSED).report == first
    assert AuditEntry.objects.filter(action=ReportWord.HIDDEN).count() == 2


def test_what_is_asked_of_none_of_them_stays_as_it_is(client, of_unit):
    report = dispatched()
    Category.objects.filter(pk=report.category_id).update(causes=["mróz"], asks_cost=True)
    Report.objects.filter(pk=report.pk).update(cause="mróz", cost="120.50")
    values = {"status-status": "resolved", "status-note": "Zrobione."}
    bulk = prepared(client, UNIT, ticked(report), values)
    confirm(bulk)
    after_a_minute(bulk)
    report.refresh_from_db()
    assert (report.status, report.cause, str(report.cost)) == ("resolved", "mróz", "120.50")


def test_what_lacks_the_photo_that_it_needs_is_not_resolved(client, of_unit):
    report = dispatched()
    Category.objects.filter(pk=report.category_id).update(needs_result_photo=True)
    values = {"status-status": "resolved", "status-note": "Zrobione."}
    bulk = prepared(client, UNIT, ticked(report), values)
    page = client.get(f"/panel/razem/{bulk.pk}/").text
    assert "Nie zmienimy: 1 (potrzebne jest zdjęcie wyniku)." in page
    confirm(bulk)
    after_a_minute(bulk)
    assert "Dołącz zdjęcie wyniku" in bulk.items.get().reason
    assert statuses() == ["forwarded"]
