"""Similar reports nearby, and "me too"."""

import pytest
from django.contrib.gis.geos import Point

from accounts.models import ConsentEntry
from outbox.errors import UnsendableAddress
from outbox.models import Letter
from reports.handling.moderation import clear_description
from reports.handling.status import change_status
from reports.intake.following import Ended, follow
from reports.intake.similar import find_similar
from reports.letters.mailboxes import confirm_mailbox
from reports.models import Contact, Follow, Photo, Report, Status
from reports.photos.uploading import store_upload
from tests.accounts.letters import letters_to
from tests.factories import CITY_HALL, POTHOLE, category, dispatched, submitted
from tests.pictures import jpeg_upload

pytestmark = pytest.mark.django_db
METRE = 1 / 111_320


def at(metres: float) -> Point:
    """A point that is so many metres north of the city hall."""
    return Point(CITY_HALL.x, CITY_HALL.y + metres * METRE, srid=4326)


def near(code: str = POTHOLE) -> list[str]:
    return [row.reference for row in find_similar(CITY_HALL, category(code))]


def test_open_reports_of_the_group_nearby_are_found_nearest_first():
    far, close = submitted(location=at(50)), submitted(location=at(10))
    submitted(location=at(70))
    submitted(location=at(10), category=category("latarnia"))
    assert near() == [close.reference, far.reference]
    assert len(near("uszkodzona-nawierzchnia")) == 3


def test_the_distance_is_metres_and_followers_are_counted():
    report = submitted(location=at(50))
    follow(report, follower="a")
    found = find_similar(CITY_HALL, category())[0]
    assert round(found.away.m) == 50
    assert found.followers == 1


def test_ended_hidden_and_approximate_reports_are_not_offered(operator):
    ended, hidden = dispatched(), submitted()
    change_status(ended, Status.RESOLVED, by=operator, note="Zrobione.")
    Report.objects.filter(pk=hidden.pk).update(is_hidden=True)
    submitted(is_approximate=True)
    assert near() == []


def test_finding_takes_one_query(django_assert_num_queries):
    submitted()
    kind = category()
    # The first time in a process the units of the coordinate system are asked for.
    list(find_similar(CITY_HALL, kind))
    with django_assert_num_queries(1):
        list(find_similar(CITY_HALL, kind))


def test_a_person_counts_once():
    report = submitted()
    assert [follow(report, follower=who).followers for who in ("a", "a", "b")] == [1, 1, 2]


def test_a_follower_who_pressed_in_the_mailbox_hears_of_changes_once(operator):
    report = dispatched(email="ala@example.org", consent=True)
    for _turn in range(2):
        follow(report, follower="a", email="Ola@example.org", consent=True)
    follow(report, follower="b", email="ALA@example.org", consent=True)
    confirm_mailbox(ConsentEntry.hash_of("ola@example.org"))
    Letter.objects.all().delete()
    change_status(report, Status.RESOLVED, by=operator, note="Zrobione.")
    recipients = [letter.recipients[0].lower() for letter in Letter.objects.all()]
    assert sorted(recipients) == ["ala@example.org", "ola@example.org"]
    assert Contact.objects.count() == 2


def test_nobody_follows_what_has_ended(operator):
    report = dispatched()
    change_status(report, Status.RESOLVED, by=operator, note="Zrobione.")
    with pytest.raises(Ended):
        follow(report, follower="a")


def test_the_api_counts_a_device_once(client):
    report = submitted()
    url = f"/api/v1/reports/{report.reference}/follow/"
    first = client.post(url, {}, content_type="application/json")
    again = client.post(url, {}, content_type="application/json")
    alone = {"followers": 1, "letters": "none"}
    assert (first.json(), again.json()) == (alone, alone)
    client.cookies.clear()
    assert client.post(url, {}, content_type="application/json").json()["followers"] == 2
    cookie = first.cookies["device"]
    assert cookie["httponly"]
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert cookie.value not in Follow.objects.values_list("follower", flat=True)


def test_an_address_without_consent_is_refused(client):
    report = submitted()
    body = {"email": "ola@example.org"}
    url = f"/api/v1/reports/{report.reference}/follow/"
    answer = client.post(url, body, content_type="application/json")
    assert answer.status_code == 400
    assert not Follow.objects.exists()


def test_without_scripts_a_press_on_the_status_page_counts(client):
    report = submitted()
    answer = client.post(f"/status/{report.reference}/ja-tez/", follow=True)
    assert "Dopisaliśmy Cię" in answer.content.decode()
    assert Follow.objects.count() == 1


def test_similar_reports_are_answered_with_words(client):
    report = submitted(location=at(30))
    place = {"lat": CITY_HALL.y, "lon": CITY_HALL.x, "category": POTHOLE}
    (feature,) = client.get("/api/v1/similar/", place).json()["features"]
    assert feature["properties"]["reference"] == report.reference
    assert feature["properties"]["metres"] == 30
    assert feature["properties"]["description"] is None
    assert feature["properties"]["photo"] is None
    assert feature["properties"]["place"] == report.place_in_words
    assert feature["properties"]["created_at"]


def test_text_and_photo_are_shown_once_they_are_cleared(client, operator):
    report = submitted(photo_ids=[store_upload(jpeg_upload()).pk])
    place = {"lat": CITY_HALL.y, "lon": CITY_HALL.x, "category": POTHOLE}
    photos = Photo.objects.filter(report=report)
    photos.update(state=Photo.State.READY)
    assert (
        client.get("/api/v1/similar/", place).json()["features"][0]["properties"]["photo"] is None
    )
    photos.update(is_public=True)
    clear_description(report, by=operator, is_public=True)
    (feature,) = client.get("/api/v1/similar/", place).json()["features"]
    assert feature["properties"]["photo"] == f"/zdjecia/{photos.get().pk}/small.webp"
    assert feature["properties"]["description"] == report.description


UNREACHABLE = '"a b"@example.org'


def follow_by_api(client, report: Report, **body):
    path = f"/api/v1/reports/{report.reference}/follow/"
    return client.post(path, body, content_type="application/json")


def test_an_address_that_no_letter_reaches_is_refused_where_it_is_typed(client):
    report = submitted()
    answer = follow_by_api(client, report, email=UNREACHABLE, consent=True)
    assert answer.status_code == 400
    assert "email" in answer.json()["fields"]
    with pytest.raises(UnsendableAddress):
        submitted(email=UNREACHABLE, consent=True)
    assert Report.objects.count() == 1


@pytest.mark.parametrize("email", ["maria@example.org", "nobody@example.org"])
def test_nobody_learns_whose_address_stands_behind_a_report(client, email):
    report = submitted(email="maria@example.org", consent=True)
    answer = follow_by_api(client, report, email=email, consent=False)
    assert (answer.status_code, answer.json()["code"]) == (400, "consent_required")


def page(report: Report) -> str:
    return f"/status/{report.reference}/ja-tez/"


def test_the_page_says_what_happens_next_before_and_after_the_press(client):
    report = dispatched()
    before = client.get(page(report)).text
    assert "Nie musisz wysyłać własnego zgłoszenia." in before
    assert report.unit.name in before
    assert "Dopisaliśmy Cię" not in before
    assert not Follow.objects.exists()
    client.post(page(report))
    after = client.get(page(report)).text
    assert "Dopisaliśmy Cię" in after
    assert 'name="email"' in after


def test_an_address_on_the_page_is_asked_in_its_mailbox_before_anything_else(client, operator):
    report = dispatched()
    values = {"email": "ola@example.org", "consent": "on"}
    assert (
        "Wysłaliśmy wiadomość na ola@example.org"
        in client.post(page(report), values, follow=True).text
    )
    (question,) = letters_to("ola@example.org")
    assert question.subject == "Czy to Ty? Potwierdź swój adres e-mail"
    assert not ConsentEntry.objects.exists()
    change_status(report, Status.IN_PROGRESS, by=operator)
    assert letters_to("ola@example.org") == [question]
    confirm_mailbox(ConsentEntry.hash_of("ola@example.org"))
    assert len(letters_to("ola@example.org")) == 2
    assert ConsentEntry.objects.get().how == "confirmed"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"email": "ola"}, "To nie wygląda na adres e-mail."),
        ({"email": "ola@example.org"}, "zaznacz ją albo usuń adres"),
    ],
)
def test_what_is_wrong_with_an_address_stands_by_its_field(client, values, said):
    report = submitted()
    answer = client.post(page(report), values)
    assert answer.status_code == 400
    assert said in answer.text
    assert not Contact.objects.exists()


def test_who_has_joined_and_asks_for_letters_without_an_address_is_told(client):
    report = submitted()
    client.post(page(report))
    answer = client.post(page(report), {"email": ""})
    assert (answer.status_code, "Wpisz adres e-mail." in answer.text) == (400, True)


def test_who_is_logged_in_follows_by_the_press(client, resident, operator):
    report = dispatched()
    client.force_login(resident)
    assert resident.email in client.get(page(report)).text
    after = client.post(page(report), follow=True).text
    assert f"Wiadomości o tej sprawie przyjdą na adres Twojego konta, {resident.email}." in after
    entry = ConsentEntry.objects.get()
    assert (entry.how, entry.subject_reference) == ("logged_in", report.reference)
    change_status(report, Status.IN_PROGRESS, by=operator)
    assert len(letters_to(resident.email)) == 1
    client.post(page(report))
    assert Contact.objects.count() == 1


def test_the_api_says_where_letters_go(client, resident):
    report = submitted()
    assert follow_by_api(client, report, email="ola@example.org", consent=True).json() == {
        "followers": 1,
        "letters": "asked",
    }
    client.force_login(resident)
    assert follow_by_api(client, report).json()["letters"] == "account"


def test_the_owner_who_follows_their_own_report_gets_no_letter_twice(client, resident, operator):
    report = dispatched(owner=resident)
    client.force_login(resident)
    client.post(page(report))
    before = len(letters_to(resident.email))
    change_status(report, Status.IN_PROGRESS, by=operator)
    assert len(letters_to(resident.email)) == before + 1


def test_staff_who_press_get_no_letters(client, operator):
    report = submitted()
    client.force_login(operator)
    client.post(page(report))
    assert not Contact.objects.exists()


def test_the_page_of_what_has_ended_leads_to_its_status(client, operator):
    report = dispatched()
    change_status(report, Status.RESOLVED, by=operator, note="Zrobione.")
    assert client.get(page(report))["Location"] == report.get_absolute_url()
    assert client.post(page(report)).status_code == 409
