"""Following a district or a circle: who hears, once a day, and how it begins and ends."""

import re
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.closing import close_account
from accounts.models import ConsentEntry
from maps.circle import Circle
from maps.following import matching, sending, watching
from maps.following.matching import match_due
from maps.following.models import Watch, WatchChange, WatchLine
from maps.following.retention import erase_watches
from maps.following.sending import send_digests
from outbox.models import Letter
from reports.handling.status import change_status
from reports.letters.consents import ConsentRequired
from reports.models import Report, Status
from tests.factories import CITY_HALL, category, dispatched, submitted
from tests.people import registered

pytestmark = pytest.mark.django_db
ANNA, OTHER = "anna@example.org", "inna@example.org"
HERE = Circle(CITY_HALL.x, CITY_HALL.y, 500)
# 400 and 600 metres north of the city hall.
NEAR = Point(CITY_HALL.x, CITY_HALL.y + 0.0036, srid=4326)
FAR = Point(CITY_HALL.x, CITY_HALL.y + 0.0054, srid=4326)
FOLLOW = reverse("maps:follow")


def hash_of(email: str = ANNA) -> str:
    return ConsentEntry.hash_of(email)


def begin(where=HERE, email: str = ANNA, **more) -> Watch:
    """A watch whose owner has pressed in the mailbox."""
    watching.begin_watch(where, email=email, consent=True, place="Piotrkowska 104", **more)
    watching.confirm_watches(hash_of(email))
    return Watch.objects.filter(mailbox=hash_of(email)).latest("pk")


def letters(begins: str = "watch:", email: str = ANNA) -> list[Letter]:
    found = Letter.objects.addressed_to(email).exclude(state=Letter.State.CANCELLED)
    return list(found.filter(key__startswith=begins).order_by("pk"))


def message(letter: Letter):
    return message_from_bytes(bytes(letter.raw), policy=policy.default)


def text_of(letter: Letter) -> str:
    return message(letter).get_body(preferencelist=("plain",)).get_content()


def ledger() -> list[tuple[str, str]]:
    lines = ConsentEntry.objects.filter(purpose=ConsentEntry.Purpose.PLACE_LETTERS)
    return list(lines.order_by("pk").values_list("act", "how"))


def test_one_letter_tells_what_changed_in_a_circle():
    begin()
    inside, outside = submitted(location=NEAR), submitted(location=FAR)
    assert send_digests() == 1
    (letter,) = letters()
    assert inside.reference in text_of(letter)
    assert outside.reference not in text_of(letter)
    assert "500 m od: Piotrkowska 104" in message(letter)["Subject"]


def test_one_letter_tells_what_changed_in_a_district(operator):
    begin("katedralna")
    report = dispatched()
    submitted(location=Point(19.56, 51.80, srid=4326))
    change_status(report, Status.RESOLVED, by=operator, note="Zrobione.")
    send_digests()
    (letter,) = letters()
    assert text_of(letter).count("/status/") == 1
    assert "załatwione" in text_of(letter)


def test_a_circle_does_not_find_out_where_a_rounded_place_is():
    category().__class__.objects.filter(code="graffiti").update(is_place_rounded=True)
    report = submitted(category=category("graffiti"), location=NEAR)
    report.refresh_from_db()
    place = report.rounded_location
    WatchLine.objects.all().delete()
    begin(Circle(report.location.x, report.location.y, 100))
    begin(Circle(place.x, place.y, 100), email=OTHER)
    report.changes.create(status=report.status, at=timezone.now(), unit=report.unit)
    send_digests()
    assert report.rounded_location.distance(report.location) * 111_320 > 110
    assert letters() == []
    (letter,) = letters(email=OTHER)
    assert report.place_in_words not in text_of(letter)


def test_nobody_gets_more_than_one_letter_a_day():
    begin()
    submitted()
    assert send_digests() == 1
    submitted()
    assert send_digests() == 0
    Watch.objects.update(told_on=timezone.localdate() - timezone.timedelta(days=1))
    Letter.objects.all().delete()
    assert send_digests() == 1


def test_nothing_is_written_while_nothing_changes_or_nobody_follows():
    submitted()
    assert WatchChange.objects.count() == 0
    begin()
    assert send_digests() == 0
    assert letters() == []


def test_a_letter_names_few_reports_and_says_how_many_more(monkeypatch):
    monkeypatch.setattr(sending, "_MOST", 2)
    begin()
    for _number in range(5):
        submitted()
    send_digests()
    (letter,) = letters()
    assert text_of(letter).count("/status/") == 2
    assert "I jeszcze 3 zgłoszenia" in text_of(letter)


def test_a_report_that_is_hidden_by_then_is_not_told():
    begin()
    report = submitted()
    match_due()
    Report.objects.filter(pk=report.pk).update(is_hidden=True)
    assert send_digests() == 0
    assert letters() == []


def test_killed_while_it_writes_nobody_gets_two_letters_or_none(monkeypatch):
    begin(), begin(email=OTHER)
    submitted()
    owe, killed = sending.owe_digest, []

    def owe_and_die(watch, *args, **kwargs):
        owe(watch, *args, **kwargs)
        if watch.email == OTHER and not killed:
            killed.append(watch)
            raise KeyboardInterrupt

    monkeypatch.setattr(sending, "owe_digest", owe_and_die)
    with pytest.raises(KeyboardInterrupt):
        send_digests()
    assert (len(letters()), len(letters(email=OTHER))) == (1, 0)
    send_digests()
    assert (len(letters()), len(letters(email=OTHER))) == (1, 1)


def test_changes_are_matched_by_the_index_of_circles():
    begin()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {matching._MATCH}", [500])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "maps_watch_reach" in plan
    assert "watch_district" in plan


def test_a_stranger_causes_one_letter_a_day_and_nothing_more(client):
    for metres in (100, 250, 500):
        watching.begin_watch(Circle(HERE.lon, HERE.lat, metres), email=ANNA, consent=True)
    submitted()
    send_digests()
    assert len(letters("watches:")) == 1
    assert letters() == []
    assert ledger() == []


def test_a_stranger_cannot_fill_the_list_of_a_mailbox():
    begin()
    for number in range(20):
        watching.begin_watch(Circle(HERE.lon, HERE.lat, 100 + number), email=ANNA, consent=True)
    assert Watch.objects.filter(state="waiting").count() == watching._MOST_WAITING
    assert Watch.objects.hearing().count() == 1


def test_who_said_that_it_was_not_them_is_left_in_peace():
    watching.begin_watch(HERE, email=ANNA, consent=True)
    assert watching.deny_watches(hash_of()) == 1
    Letter.objects.all().delete()
    watching.begin_watch(HERE, email=ANNA, consent=True)
    assert letters("watches:") == []
    assert ledger() == [("not_given", "not_me")]


def test_no_more_than_ten_places_are_followed():
    for number in range(13):
        watching.begin_watch(Circle(HERE.lon, HERE.lat, 100 + number), email=ANNA, consent=True)
        watching.confirm_watches(hash_of())
    assert Watch.objects.hearing().count() == watching.MOST


def test_the_same_place_is_followed_once():
    begin(), begin()
    assert Watch.objects.count() == 1


def test_without_a_consent_nothing_is_kept():
    with pytest.raises(ConsentRequired):
        watching.begin_watch(HERE, email=ANNA, consent=False)
    assert Watch.objects.count() == 0


def form(**more) -> dict:
    values = {"place": "51.7652, 19.4571", "metres": "500", "email": ANNA, "consent": "on"}
    return values | more


def link_in(letter: Letter) -> str:
    return re.search(rf"{settings.SITE_URL}(/mapa/obserwowane/\S+/)", text_of(letter))[1]


def test_the_whole_way_from_the_form_to_the_end(client):
    answer = client.post(FOLLOW, form(), follow=True)
    assert f"Na {ANNA} przyjdzie wiadomość" in answer.content.decode()
    page = link_in(letters("watches:")[0])
    assert "Czy to Ty chcesz obserwować" in client.get(page).content.decode()
    assert Watch.objects.hearing().count() == 0
    client.post(page, {"act": "confirm"})
    assert ledger() == [("given", "confirmed")]
    submitted()
    send_digests()
    end = re.search(r"/mapa/koniec/[^/>]+/", message(letters()[0])["List-Unsubscribe"])[0]
    client.get(end)
    assert Watch.objects.count() == 1
    client.post(end, {"List-Unsubscribe": "One-Click"})
    assert Watch.objects.count() == 0
    assert ledger()[-1] == ("withdrawn", "letter")
    assert letters() == []
    assert client.post(end).status_code == 200


def test_a_program_ends_it_without_a_token():
    from django.test import Client

    watch = begin()
    strict = Client(enforce_csrf_checks=True)
    end = reverse("maps:unwatch", args=[watch.secret])
    assert strict.post(end, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Watch.objects.count() == 0


def test_the_letter_can_be_ended_by_one_press_of_the_mail_program():
    watch = begin()
    submitted()
    send_digests()
    headers = message(letters()[0])
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert watch.secret in headers["List-Unsubscribe"]


def test_who_is_logged_in_follows_by_the_press_alone(client):
    user = registered("anna")
    client.force_login(user)
    client.post(FOLLOW, {"district": "katedralna"})
    assert ledger() == [("given", "logged_in")]
    assert letters("watches:", user.email) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"place": ""}, "Wpisz adres albo wskaż miejsce na mapie."),
        ({"place": "Nieznana 7"}, "id_place_error"),
        ({"place": "52.2297, 21.0122"}, "id_place_error"),
        ({"metres": "5"}, "id_metres_error"),
        ({"district": "nie-ma"}, "id_district_error"),
        ({"email": "x"}, "To nie wygląda na adres e-mail."),
        ({"email": ""}, "Wpisz adres e-mail."),
        ({"consent": ""}, "tylko za zgodą"),
    ],
)
def test_what_is_missing_is_said_by_its_field(client, values, words):
    answer = client.post(FOLLOW, form(**values))
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert Watch.objects.count() == 0


def test_the_page_of_a_mailbox_needs_its_key(client):
    begin()
    address = reverse("maps:watches", args=[hash_of(), "x" * 43])
    assert client.get(address).status_code == 404
    assert client.post(address, {"act": "deny"}).status_code == 404


def test_somebody_ends_and_extends_only_what_is_theirs(client):
    own, other = begin(), begin(email=OTHER)
    Watch.objects.update(last_day=timezone.localdate())
    page = watching_page(ANNA)
    client.post(page, {"act": "end", "watch": other.pk})
    client.post(page, {"act": "extend", "watch": own.pk})
    client.post(page, {"act": "end", "watch": "x"})
    own.refresh_from_db()
    assert own.last_day > timezone.localdate()
    assert Watch.objects.count() == 2
    client.post(page, {"act": "end", "watch": own.pk})
    assert [one.pk for one in Watch.objects.all()] == [other.pk]


def watching_page(email: str) -> str:
    from maps.following.links import watches_link

    return watches_link(hash_of(email)).removeprefix(settings.SITE_URL)


def test_addresses_go_when_their_time_is_over():
    watching.begin_watch(HERE, email=OTHER, consent=True)
    begin()
    assert erase_watches() == 0
    old = timezone.now() - timezone.timedelta(days=15)
    Watch.objects.filter(state="waiting").update(created_at=old)
    assert erase_watches() == 1
    Watch.objects.update(last_day=timezone.localdate() - timezone.timedelta(days=1))
    assert erase_watches() == 1
    assert ledger() == [("given", "confirmed"), ("withdrawn", "expired")]


def test_whoever_closes_the_account_follows_nothing_any_more():
    user = registered("anna")
    watching.begin_watch("katedralna", email=user.email, consent=True, resident=user)
    close_account(user, how="test")
    assert Watch.objects.count() == 0
    assert ledger()[-1] == ("withdrawn", "account_closed")
