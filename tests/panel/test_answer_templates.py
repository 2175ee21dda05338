"""Templates of answers: who keeps them, what they become, and the letter before it leaves."""

from datetime import date

import pytest
from django.contrib.gis.geos import Point

from accounts.models import AuditEntry
from outbox.models import Letter
from reports.handling.answer_templates import NotTheirTemplate, fill_template, save_template
from reports.models import AnswerTemplate, Report, StatusChange
from tests.accounts.letters import letters_to, text_of
from tests.factories import category, dispatched
from tests.panel.press import page, press
from tests.people import person
from units.models import Membership, Unit

pytestmark = pytest.mark.django_db
LIST = "/panel/szablony/"
NEW = f"{LIST}nowy/"


@pytest.fixture
def report() -> Report:
    return dispatched(email="maria@example.org", consent=True)


@pytest.fixture
def leader(db):
    user = person("lena", unit="zdit")
    Membership.objects.filter(user=user).update(is_leader=True)
    return user


def template(**values) -> AnswerTemplate:
    return AnswerTemplate.objects.create(**{"name": "Jedziemy", "text": "Jedziemy."} | values)


def zdit() -> Unit:
    return Unit.objects.get(code="zdit")


def compose(client, report, button, **values):
    data = {f"status-{name}": value for name, value in values.items()}
    data |= {"status-version": report.version, button: ""}
    return client.post(f"{page(report)}podglad/", data)


def test_placeholders_become_what_they_say_of_the_report(report):
    report.expected_by = date(2026, 12, 1)
    text = "{numer}: {kategoria}, {jednostka}, {miejsce}, do {termin}. {nieznane} {"
    filled = fill_template(text, report)
    words = f"{report.reference}: Dziura w jezdni, Zarząd Dróg i Transportu, "
    assert filled == f"{words}{report.public_place_in_words}, do 1 grudnia 2026. {{nieznane}} {{"
    report.expected_by = None
    assert fill_template("{termin}", report) == "nie ustalono"


def test_a_place_that_the_public_sees_only_roughly_stays_rough(report):
    report.rounded_location = Point(19.45, 51.76, srid=4326)
    assert fill_template("{miejsce}", report) == report.public_place_in_words


def test_a_report_is_offered_what_is_about_it(client, unit_member, report):
    offered = [
        template(name="każda"),
        template(name="kategoria", category=report.category),
        template(name="grupa", group=report.category.group),
        template(name="jednostka", unit=zdit()),
    ]
    template(name="inna kategoria", category=category("latarnia"))
    template(name="inna jednostka", unit=Unit.objects.get(code="wgk"))
    client.force_login(unit_member)
    texts = client.get(page(report)).context["answer_texts"]
    assert set(texts) == {one.pk for one in offered}


def test_without_scripts_a_template_is_put_in_by_a_button(client, unit_member, report):
    chosen = template(text="Zgłoszenie {numer}: jedziemy.", status="in_progress")
    client.force_login(unit_member)
    answer = compose(client, report, "insert", template=chosen.pk, note="stare", status="")
    form = answer.context["answer"][0].form
    assert answer.status_code == 200
    assert form["note"].value() == f"Zgłoszenie {report.reference}: jedziemy."
    assert form["status"].value() == "in_progress"
    # The version that was seen stays: whoever was faster is still noticed.
    assert str(form["version"].value()) == str(report.version)
    assert StatusChange.objects.filter(report=report).count() == 2


def test_a_template_of_another_unit_is_not_put_in(client, unit_member, report):
    chosen = template(text="tajne", unit=Unit.objects.get(code="wgk"))
    client.force_login(unit_member)
    answer = compose(client, report, "insert", template=chosen.pk, note="moje", status="")
    assert answer.context["answer"][0].form["note"].value() == "moje"
    assert "tajne" not in answer.text


def test_the_preview_is_the_letter_that_leaves(client, unit_member, report):
    client.force_login(unit_member)
    letters = Letter.objects.count()
    values = {"status": "resolved", "note": "Załatane."}
    preview = compose(client, report, "preview", **values).context["preview"]
    assert (preview.readers, Letter.objects.count()) == (1, letters)
    assert press(client, "change-status", report, values, prefix="status").status_code == 302
    letter = letters_to("maria@example.org")[-1]
    assert preview.subject == letter.subject
    sent, shown = text_of(letter).splitlines(), preview.body.splitlines()
    # All but the sender's own links, which staff do not see.
    differing = [line for line in sent if line not in shown]
    assert all("/moje/" in line or "/wypis/" in line for line in differing)
    assert "/moje/" not in preview.body
    assert "/wypis/" not in preview.body


def test_a_preview_of_a_wrong_answer_says_what_is_wrong(client, unit_member, report):
    client.force_login(unit_member)
    answer = compose(client, report, "preview", status="", note="Załatane.")
    assert answer.status_code == 400
    assert "Załatane." in answer.text


def sent(**values) -> dict:
    return {"name": "Dziękujemy", "unit": "", "category": "", "group": "", "status": ""} | values


def test_an_operator_keeps_a_template_for_all(client, operator):
    client.force_login(operator)
    assert client.post(NEW, sent(text="Dziękujemy, {numer}.")).status_code == 302
    kept = AnswerTemplate.objects.get()
    assert (kept.unit, kept.text) == (None, "Dziękujemy, {numer}.")
    assert AuditEntry.objects.get().action == "template_saved"
    assert kept.name in client.get(LIST).text
    assert client.post(f"{LIST}{kept.pk}/usuniecie/").status_code == 302
    assert not AnswerTemplate.objects.exists()
    assert AuditEntry.objects.latest("pk").action == "template_deleted"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": "Do {kiedy}."}, "text"),
        ({"text": ""}, "text"),
        ({"text": "x", "status": "received"}, "status"),
    ],
)
def test_a_wrong_template_is_refused_by_its_field(client, operator, values, field):
    client.force_login(operator)
    answer = client.post(NEW, sent(**values))
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]


def test_a_category_and_a_group_at_once_are_refused(client, operator):
    hole = category()
    client.force_login(operator)
    answer = client.post(NEW, sent(text="x", category=hole.pk, group=hole.group_id))
    assert "Wybierz kategorię albo grupę" in answer.text


def test_a_leader_keeps_those_of_the_unit_alone(client, leader):
    shared, other = template(name="wspólny"), template(unit=Unit.objects.get(code="wgk"))
    client.force_login(leader)
    assert client.post(NEW, sent(text="Nasz.", unit=zdit().pk)).status_code == 302
    for foreign in (shared, other):
        assert client.get(f"{LIST}{foreign.pk}/").status_code == 404
        assert client.post(f"{LIST}{foreign.pk}/usuniecie/").status_code == 404
        with pytest.raises(NotTheirTemplate):
            save_template(foreign, by=leader)
    for unit in ("", Unit.objects.get(code="wgk").pk):
        assert client.post(NEW, sent(text="Cudzy.", unit=unit)).status_code == 400
    assert AnswerTemplate.objects.count() == 3


def test_a_member_who_does_not_lead_keeps_none(client, unit_member):
    client.force_login(unit_member)
    assert client.get(LIST).status_code == 403
    with pytest.raises(NotTheirTemplate):
        save_template(AnswerTemplate(name="x", text="x", unit=zdit()), by=unit_member)
