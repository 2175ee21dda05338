"""A consent is kept against the version of the clause that was shown when it was given."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import ConsentEntry
from regulations.models import Kind, Version
from reports.models import Contact, Report
from reports.pages.forms.report import ReportForm
from tests.accounts.letters import letters_to, path_in
from tests.factories import CITY_HALL, POTHOLE, submitted

pytestmark = pytest.mark.django_db
FORM = "/zgloszenia/nowe/"
API = "/api/v1/reports/"


def publish(number: str, *, days: int = 0, is_draft: bool = False) -> Version:
    """A version that binds from now on, or ``days`` later."""
    now = timezone.now()
    return Version.objects.create(
        kind=Kind.CLAUSE,
        number=number,
        title="Klauzula",
        body="Treść.",
        published_at=None if is_draft else now,
        in_force_from=now + timedelta(days=days, seconds=days == 0),
    )


@pytest.fixture
def shown() -> Version:
    return Version.objects.in_force(Kind.CLAUSE)


@pytest.fixture
def later(shown, time_machine):
    """The clock runs a minute ahead, and another version has come into force."""
    publish("99.0")
    with time_machine(minutes=1):
        assert Version.objects.in_force(Kind.CLAUSE).number == "99.0"
        yield


def form_values(**changes) -> dict:
    return {
        "submission_id": str(uuid4()),
        "lat": str(CITY_HALL.y),
        "lon": str(CITY_HALL.x),
        "place": "",
        "category": POTHOLE,
        "description": "Głęboka dziura przy przejściu.",
        "email": "ala@example.org",
        "consent": "on",
    } | changes


def send_to_api(client, **changes):
    body = {
        "submission_id": str(uuid4()),
        "category": POTHOLE,
        "description": "Głęboka dziura przy przejściu.",
        "location": {"type": "Point", "coordinates": list(CITY_HALL.coords)},
        "email": "ala@example.org",
        "consent": True,
    }
    return client.post(API, body | changes, content_type="application/json")


def booked() -> list[str]:
    return list(ConsentEntry.objects.order_by("pk").values_list("version__number", flat=True))


def test_the_form_carries_the_version_that_it_shows(client, shown):
    assert f'name="clause" value="{shown.number}"' in client.get(FORM).text


def test_a_report_that_was_kept_consents_to_what_was_shown(client, shown, later):
    assert send_to_api(client, clause=shown.number).status_code == 201
    assert booked() == [shown.number]


def test_a_page_that_was_opened_before_consents_to_what_it_showed(client, shown, later):
    assert client.post(FORM, form_values(clause=shown.number)).status_code == 303
    assert booked() == [shown.number]


def test_a_program_that_names_no_version_means_the_one_in_force(client, later):
    assert send_to_api(client).status_code == 201
    assert booked() == ["99.0"]


@pytest.mark.parametrize("number", ["0.0", "x", "77.0", "88.0"])
def test_a_version_that_nobody_can_have_seen_is_refused(client, shown, number):
    publish("77.0", is_draft=True)
    publish("88.0", days=5)
    refused = send_to_api(client, clause=number)
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_clause")
    assert "consent" in refused.json()["fields"]
    page = client.post(FORM, form_values(clause=number))
    assert page.status_code == 400
    assert "Nie znamy tej wersji klauzuli." in page.text
    assert not Report.objects.exists()
    assert not ConsentEntry.objects.exists()


def test_a_page_that_shows_another_version_asks_for_the_consent_again(client, shown, later):
    page = client.post(FORM, form_values(clause=shown.number, description=""))
    assert page.status_code == 400
    assert 'name="clause" value="99.0"' in page.text
    form = page.context["form"]
    assert isinstance(form, ReportForm)
    assert not form["consent"].value()


def test_a_page_that_shows_the_same_version_keeps_the_consent(client, shown):
    page = client.post(FORM, form_values(clause=shown.number, description=""))
    assert page.context["form"]["consent"].value()


def test_a_press_in_the_mailbox_consents_to_what_its_page_showed(client, shown, settings, later):
    settings.TYPED_ADDRESSES_A_DAY = 0
    submitted(email="ala@example.org", consent=True)
    assert Contact.objects.get().state == "waiting"
    link = path_in(letters_to("ala@example.org")[-1], "/skrzynka/")
    assert 'name="clause" value="99.0"' in client.get(link).text
    assert client.post(link, {"clause": "0.0"}).status_code == 400
    assert booked() == []
    client.post(link, {"clause": shown.number})
    assert booked() == [shown.number]
