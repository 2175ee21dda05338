"""The administrator's pages of switches and breaks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from tests.switching import WHY, break_in, off
from web.models import Break, Function, SwitchChange

PAGE = "/panel/przelaczniki/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def logged_in(client, administrator):
    client.force_login(administrator)


def local(**ahead) -> str:
    """A moment as the browser's field sends it, in Łódź."""
    return f"{timezone.localtime(timezone.now() + timedelta(**ahead)):%Y-%m-%dT%H:%M}"


def announce(client, **values):
    return client.post(f"{PAGE}przerwa/", {"ends_at": local(hours=2), "sentence": ""} | values)


def test_every_function_is_on_the_page_with_what_switching_off_does(client):
    page = client.get(PAGE).text
    for function in Function:
        assert f"{PAGE}{function.value}/" in page
        assert "Formularz mówi" in page


def test_before_the_press_the_page_asks_and_changes_nothing(client):
    page = client.get(f"{PAGE}reporting/").text
    assert "Na pewno wyłączyć: wysyłanie zgłoszeń?" in page
    assert "szkic zostaje" in page
    assert not SwitchChange.objects.exists()


def test_a_press_switches_off_and_says_who_and_when(client, administrator):
    values = {"sentence": WHY, "sentence_en": "We mend it.", "expected_at": local(hours=3)}
    assert client.post(f"{PAGE}map/", values).status_code == 302
    change = SwitchChange.objects.get()
    assert (change.function, change.is_on, change.by) == ("map", False, administrator)
    assert change.sentence_en == "We mend it."
    entry = AuditEntry.objects.get(action="switched_off")
    assert (entry.actor, entry.details["function"], entry.details["sentence"]) == (
        administrator,
        "map",
        WHY,
    )
    page = client.get(PAGE).text
    assert WHY in page
    assert "przełącza: adam" in page


def test_a_sentence_for_people_is_needed(client):
    answer = client.post(f"{PAGE}map/", {"sentence": " "})
    assert answer.status_code == 400
    assert "field-error" in answer.text
    assert not SwitchChange.objects.exists()


def test_a_time_that_has_passed_is_refused_by_its_field(client):
    answer = client.post(f"{PAGE}map/", {"sentence": WHY, "expected_at": local(hours=-1)})
    assert answer.status_code == 400
    assert "Ten czas już minął." in answer.text
    assert not SwitchChange.objects.exists()


def test_switching_on_keeps_the_earlier_row(client, administrator):
    off("map", administrator)
    assert client.post(f"{PAGE}map/", {"on": "1"}).status_code == 302
    assert list(SwitchChange.objects.values_list("is_on", flat=True)) == [False, True]
    assert AuditEntry.objects.filter(action="switched_on").count() == 1
    client.post(f"{PAGE}map/", {"on": "1"})
    assert SwitchChange.objects.count() == 2


def test_what_is_off_offers_its_sentence_to_be_changed(client, administrator):
    off("map", administrator)
    assert WHY in client.get(f"{PAGE}map/").text
    client.post(f"{PAGE}map/", {"sentence": "Jeszcze chwila."})
    assert SwitchChange.objects.last().sentence == "Jeszcze chwila."
    assert not SwitchChange.objects.last().is_on


def test_a_function_that_does_not_exist_is_not_found(client):
    assert client.get(f"{PAGE}nic/").status_code == 404


def test_a_break_is_announced_with_its_times(client, administrator):
    answer = announce(client, starts_at=local(hours=1), sentence="Nowy serwer.")
    assert answer.status_code == 302
    planned = Break.objects.get()
    assert planned.by == administrator
    assert planned.ends_at - planned.starts_at == timedelta(hours=1)
    entry = AuditEntry.objects.get(action="break_announced")
    assert (entry.actor, entry.details["sentence"]) == (administrator, "Nowy serwer.")
    assert "Nowy serwer." in client.get(PAGE).text


def test_without_a_start_a_break_begins_at_once(client):
    announce(client)
    assert Break.objects.get().is_on_at(timezone.now())


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"starts_at": "x"}, "starts_at"),
        ({"ends_at": ""}, "ends_at"),
        ({"starts_at": local(hours=-1)}, "Początek już minął"),
        ({"ends_at": local(hours=-1)}, "Koniec musi być po początku"),
        ({"ends_at": local(days=3)}, "najwyżej dwie doby"),
        ({"sentence": "x" * 301}, "sentence"),
    ],
)
def test_times_that_cannot_be_are_refused_by_their_field(client, values, words):
    answer = announce(client, **values)
    assert answer.status_code == 400
    assert words in answer.text
    assert "field-error" in answer.text
    assert not Break.objects.exists()


def test_a_break_that_would_overlap_another_is_refused_in_words(client):
    break_in(30, lasts=60)
    answer = announce(client)
    assert answer.status_code == 400
    assert "jest już zapowiedziana inna przerwa" in answer.text


def test_a_break_is_prolonged(client, administrator):
    planned = break_in(0, lasts=30)
    answer = client.post(f"{PAGE}przerwa/{planned.pk}/", {"ends_at": local(hours=2)})
    assert answer.status_code == 302
    before, planned = planned, Break.objects.get()
    assert planned.ends_at > before.ends_at
    entry = AuditEntry.objects.get(action="break_moved")
    assert (entry.actor, entry.details["before"]) == (administrator, before.ends_at.isoformat())


def test_a_break_is_not_prolonged_into_the_next_one(client):
    planned = break_in(0, lasts=30)
    break_in(60, lasts=60)
    answer = client.post(f"{PAGE}przerwa/{planned.pk}/", {"ends_at": local(minutes=90)})
    assert answer.status_code == 400
    assert "inna przerwa" in answer.text


@pytest.mark.parametrize(("minutes", "word"), [(0, "break_ended"), (30, "break_cancelled")])
def test_a_break_is_called_off_or_ended_early(client, minutes, word):
    planned = break_in(minutes)
    assert client.post(f"{PAGE}przerwa/{planned.pk}/koniec/").status_code == 302
    assert Break.objects.get().cancelled_at
    assert AuditEntry.objects.filter(action=word).exists()
    assert client.get(f"/panel/przelaczniki/przerwa/{planned.pk}/").status_code == 200


def test_a_break_that_is_over_is_neither_moved_nor_ended(client):
    planned = break_in(0)
    client.post(f"{PAGE}przerwa/{planned.pk}/koniec/")
    assert client.post(f"{PAGE}przerwa/{planned.pk}/koniec/").status_code == 409
    answer = client.post(f"{PAGE}przerwa/{planned.pk}/", {"ends_at": local(hours=2)})
    assert answer.status_code == 409


def test_after_a_break_was_called_off_its_time_is_free_again(client):
    planned = break_in(30)
    client.post(f"{PAGE}przerwa/{planned.pk}/koniec/")
    assert announce(client, starts_at=local(minutes=31)).status_code == 302
