"""A repeat is told from another report with the same id; its sender gets the key again."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections

from reports.handling.status import change_status
from reports.intake.repeats import AlreadySent
from reports.letters.retention import erase_contacts
from reports.models import Report, Status
from reports.photos.uploading import store_upload
from reports.secret_link import key_of
from tests.factories import CITY_HALL, POTHOLE, dispatched, submitted
from tests.pictures import jpeg_upload

API, FORM = "/api/v1/reports/", "/zgloszenia/nowe/"
WORDS = "Głęboka dziura.\nPrzy przejściu."


def body(**changes) -> dict:
    values = {
        "submission_id": str(uuid4()),
        "category": POTHOLE,
        "description": WORDS,
        "location": {"type": "Point", "coordinates": list(CITY_HALL.coords)},
        "side": "",
        "sent_from": "web",
    }
    return values | changes


def send(client, values: dict):
    return client.post(API, values, content_type="application/json")


def as_form(values: dict, **changes) -> dict:
    """The same report as a browser sends the page's form."""
    lon, lat = values["location"]["coordinates"]
    form = {
        "submission_id": values["submission_id"],
        "category": values["category"],
        "description": values["description"].replace("\n", "\r\n") + " ",
        "lat": f"{lat:.6f}",
        "lon": f"{lon:.6f}",
        "similar_seen": "1",
    }
    return form | changes


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"description": "Co innego."},
        {"category": "latarnia"},
        {"location": {"type": "Point", "coordinates": [19.4572, 51.7652]}},
        {"address": "Piotrkowska 104"},
        {"email": "maria@example.org", "consent": True},
        {"accuracy": 30},
        {"photos": [str(uuid4())]},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_other_content_is_409_with_the_first_number_and_changes_nothing(client, changes):
    first = body()
    reference = send(client, first).json()["reference"]
    client.cookies.clear()
    answer = send(client, first | changes)
    assert answer.status_code == 409
    refusal = answer.json()
    assert (refusal["code"], refusal["reference"]) == ("already_sent", reference)
    assert reference in refusal["detail"]
    assert "sender" not in answer.cookies
    report = Report.objects.get()
    assert (report.description, report.category.code) == (WORDS, POTHOLE)
    assert not report.contacts.exists()


@pytest.mark.django_db
def test_another_address_of_the_sender_is_other_content(client):
    first = body(email="maria@example.org", consent=True)
    assert send(client, first).status_code == 201
    assert send(client, first | {"email": "anna@example.org"}).status_code == 409


@pytest.mark.django_db
def test_the_page_says_that_the_second_text_was_not_sent_and_offers_to_send_it(client):
    first = body()
    reference = send(client, first).json()["reference"]
    answer = client.post(FORM, as_form(first, description="Zupełnie inna sprawa."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"mamy już pod numerem {reference}" in page
    assert f'href="/status/{reference}/"' in page
    assert "Zupełnie inna sprawa." in page
    assert first["submission_id"] not in page
    # With the id that the page now carries it is a report of its own.
    fresh = answer.context["form"]["submission_id"].value()
    again = as_form(first, description="Zupełnie inna sprawa.", submission_id=fresh)
    assert client.post(FORM, again).status_code == 303
    assert Report.objects.count() == 2


@pytest.mark.django_db
def test_the_same_report_by_script_and_by_the_plain_form_is_one(client):
    first = body(answers={"depth": ""})
    reference = send(client, first).json()["reference"]
    answer = client.post(FORM, as_form(first))
    assert answer.status_code == 303
    assert reference in answer.url
    assert Report.objects.count() == 1


@pytest.mark.django_db
def test_a_form_with_a_photo_that_is_sent_twice_is_one_report(client):
    values = as_form(body())
    answers = [client.post(FORM, values | {"files": [jpeg_upload()]}) for _turn in range(2)]
    assert answers[0].url == answers[1].url
    other = client.post(FORM, values | {"files": [jpeg_upload(), jpeg_upload()]})
    assert other.status_code == 409


@pytest.mark.django_db
def test_the_sender_whose_answer_was_lost_gets_the_link_with_the_repeat(client):
    photo = store_upload(jpeg_upload())
    first = body(photos=[str(photo.pk)], email="maria@example.org", consent=True)
    reference = send(client, first).json()["reference"]
    client.cookies.clear()
    again = send(client, first)
    assert again.status_code == 200
    assert again.cookies["sender"].value == key_of(reference)
    page = client.post(FORM, as_form(first, email="x@example.org", consent="on"))
    assert page.status_code == 409


@pytest.mark.django_db
def test_a_repeat_gives_the_key_of_an_accounts_report_to_that_account_only(client, resident):
    report = submitted(owner=resident, description=WORDS)
    again = {
        "submission_id": str(report.submission_id),
        "category": POTHOLE,
        "description": WORDS,
        "location": {"type": "Point", "coordinates": list(CITY_HALL.coords)},
    }
    stranger = send(client, again)
    assert (stranger.status_code, "sender" in stranger.cookies) == (200, False)
    client.force_login(resident)
    own = send(client, again)
    assert (own.status_code, "sender" in own.cookies) == (200, True)


@pytest.mark.django_db
def test_a_repeat_is_answered_even_where_the_report_would_be_refused_today(client):
    first = body()
    reference = send(client, first).json()["reference"]
    Report.objects.get().category.__class__.objects.filter(code=POTHOLE).update(
        questions=[{"code": "new", "label": "Nowe?", "kind": "text", "required": True}]
    )
    assert send(client, first).json()["reference"] == reference


@pytest.mark.django_db
def test_two_reports_that_say_the_same_do_not_look_the_same():
    first, second = submitted(), submitted()
    assert len(first.fingerprint) == 64
    assert first.fingerprint != second.fingerprint


@pytest.mark.django_db
def test_the_fingerprint_goes_with_the_address_and_with_the_words(client, operator, time_machine):
    report = dispatched(email="maria@example.org", consent=True)
    change_status(report, Status.RESOLVED, by=operator, note="Zrobione.")
    with time_machine(days=31):
        erase_contacts()
    assert Report.objects.get().fingerprint == ""
    # What is not known any more cannot be called the same.
    with pytest.raises(AlreadySent):
        submitted(submission_id=report.submission_id, email="maria@example.org", consent=True)


def test_two_texts_under_one_id_at_one_moment_are_one_report_and_one_refusal(committed):
    submission_id = uuid4()

    def sent(number: int) -> str:
        try:
            return submitted(
                submission_id=submission_id, description=f"Tekst {number % 2}"
            ).reference
        except AlreadySent as refusal:
            return f"refused, {refusal.reference}"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(sent, range(6)))
    reference = Report.objects.get().reference
    assert sorted(outcomes) == [reference] * 3 + [f"refused, {reference}"] * 3
