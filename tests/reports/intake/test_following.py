"""Similar reports nearby, and "me too"."""

import pytest
from django.contrib.gis.geos import Point

from accounts.models import ConsentEntry
from outbox.errors import UnsendableAddress
from outbox.models import Letter
from reports.handling.status import change_status
from reports.intake.following import Ended, follow
from reports.intake.similar import find_similar
from reports.letters.mailboxes import confirm_mailbox
from reports.models import Contact, Follow, Report, Status
from tests.factories import CITY_HALL, POTHOLE, category, dispatched, submitted

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
    with django_assert_num_queries(1):
        list(find_similar(CITY_HALL, kind))


def test_a_person_counts_once():
    report = submitted()
    assert [follow(report, follower=who) for who in ("a", "a", "b")] == [1, 1, 2]


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
    assert (first.json(), again.json()) == ({"followers": 1}, {"followers": 1})
    client.cookies.clear()
    assert client.post(url, {}, content_type="application/json").json() == {"followers": 2}
    cookie = first.cookies["device"]
    assert cookie["httponly"]
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
