from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from districts.editions.activating import activate_edition
from districts.models import OSIEDLA, Activation, Edition, Layer, State
from tests.districts.editions.drafts import approved, drafted, gis, regions, square

pytestmark = pytest.mark.django_db
PAGES = "/panel/granice/"


@pytest.fixture
def room(client):
    """The client of a GIS person."""
    client.force_login(gis("gis"))
    return client


def page_of(edition: Edition) -> str:
    return reverse("panel:edition", args=[edition.code])


def press(client, act: str, edition: Edition, **values):
    return client.post(reverse(f"panel:edition-{act}", args=[edition.code]), values)


def state_of(edition: Edition) -> str:
    return Edition.objects.with_state().get(pk=edition.pk).state


def test_gis_staff_begin_in_their_room_and_see_what_is_in_force(room):
    assert room.get("/panel/").headers["Location"] == PAGES
    page = room.get(PAGES).content.decode()
    assert Edition.objects.in_force().code in page
    assert "obowiązuje" in page


def test_a_draft_begins_with_the_boundaries_in_force_or_empty(room):
    given = {"layer": OSIEDLA, "code": "2027-01", "source": "Uchwała", "credit": "UMŁ"}
    assert room.post(f"{PAGES}nowe-wydanie/", given)["Location"] == f"{PAGES}wydania/2027-01/"
    draft = Edition.objects.get(code="2027-01")
    assert (draft.districts.count(), draft.author.username) == (36, "gis")
    again = room.post(f"{PAGES}nowe-wydanie/", given)
    assert again.status_code == 400
    assert "Wydanie o tym oznaczeniu już jest." in again.content.decode()
    room.post(f"{PAGES}nowe-wydanie/", given | {"code": "2027-02", "is_empty": "on"})
    assert Edition.objects.get(code="2027-02").districts.count() == 0


def test_a_layer_is_not_called_as_the_reports_are(room):
    """Programs find both at the same place: /ogc/collections/<code>."""
    answer = room.post(f"{PAGES}nowa-warstwa/", {"name": "Zgłoszenia", "code": "zgloszenia"})
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["code"]
    assert not Layer.objects.filter(pk="zgloszenia").exists()


def test_a_layer_is_added(room):
    assert room.post(f"{PAGES}nowa-warstwa/", {"name": "", "code": "x"}).status_code == 400
    room.post(f"{PAGES}nowa-warstwa/", {"name": "Koszenie", "code": "koszenie", "unit": ""})
    assert not Layer.objects.get(pk="koszenie").covers_city
    assert "nie ma jeszcze żadnego wydania" in room.get(PAGES).content.decode()


def test_a_draft_is_described_undone_and_done_again(room):
    draft = drafted("next", {"a": square(0)})
    given = {"reason": "Nowy park", "source": "Uchwała", "credit": "UMŁ"}
    assert press(room, "describe", draft, **given).status_code == 302
    draft.refresh_from_db()
    assert draft.reason == "Nowy park"
    assert press(room, "undo", draft).status_code == 302
    assert not draft.districts.exists()
    assert "cofnięte" in room.get(page_of(draft)).content.decode()
    assert press(room, "redo", draft).status_code == 302
    assert draft.districts.count() == 1
    assert press(room, "redo", draft).status_code == 409


def test_only_a_second_person_is_offered_to_approve(room, client):
    draft = drafted("next", {"a": square(0)})
    refused = press(room, "approve", draft)
    assert refused.status_code == 409
    assert "Najpierw sprawdź szkic" in refused.content.decode()
    Edition.objects.filter(pk=draft.pk).update(checked_at=timezone.now())
    address = reverse("panel:edition-approve", args=[draft.code])
    assert address not in room.get(page_of(draft)).content.decode()
    refused = press(room, "approve", draft)
    assert (refused.status_code, state_of(draft)) == (409, State.CHECKED)
    assert "zatwierdza ktoś inny" in refused.content.decode()
    client.force_login(gis("gis2"))
    assert address in client.get(page_of(draft)).content.decode()
    assert press(client, "approve", draft).status_code == 302
    assert state_of(draft) == State.APPROVED


def test_a_day_ahead_is_set_and_cancelled(room):
    edition = approved("next", {"a": square(0)})
    day = timezone.localtime() + timedelta(days=40)
    assert press(room, "activate", edition, at=day.strftime("%Y-%m-%dT%H:%M")).status_code == 302
    assert edition.activations.get().at == day.replace(second=0, microsecond=0)
    assert (state_of(edition), edition.activations.get().by) == (State.SCHEDULED, gis("gis"))
    assert press(room, "cancel", edition).status_code == 302
    assert state_of(edition) == State.APPROVED


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-02-01T12:00", "Ten dzień już minął"),
        # In Łódź 02:30 comes twice on the one night, and never on the other.
        ("2026-10-25T02:30", "2026-10-25 02:30:00"),
        ("2027-03-28T02:30", "2027-03-28 02:30:00"),
        ("kiedyś", "poprawną"),
    ],
)
def test_an_hour_that_is_past_or_not_one_instant_is_refused_by_its_field(room, at, words):
    edition = approved("next", {"a": square(0)})
    answer = press(room, "activate", edition, at=at)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not edition.activations.exists()


def test_an_edition_is_brought_into_force_and_taken_back_by_one_press(room):
    first, second = approved("one", {"a": square(0)}), approved("two", {"b": square(0)})
    Activation.objects.create(layer=regions(), edition=first, at=datetime(2025, 1, 1, tzinfo=UTC))
    activate_edition(second, by=gis("gis"))
    back = reverse("panel:go-back", args=["mowing"])
    assert "Wróć do one" in room.get(back).content.decode()
    assert room.post(back)["Location"] == page_of(first)
    assert (state_of(first), state_of(second)) == (State.IN_FORCE, State.PAST)


def test_without_an_edition_before_there_is_no_way_back(room):
    back = reverse("panel:go-back", args=[OSIEDLA])
    assert "nie było innego" in room.get(back).content.decode()
    assert room.post(back)["Location"] == PAGES
    assert Activation.objects.filter(layer=OSIEDLA).count() == 1


def test_what_was_in_force_is_not_withdrawn(room):
    edition = Edition.objects.in_force()
    answer = press(room, "withdraw", edition)
    assert answer.status_code == 409
    assert "już obowiązywało" in answer.content.decode()


def test_the_map_of_a_draft_draws_the_draft(room):
    draft = drafted("next", {"a": square(0)})
    [feature] = room.get(reverse("panel:edition-outlines", args=["next"])).json()["features"]
    assert feature["properties"] == {"code": "a", "name": "A", "borough": ""}
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert reverse("panel:edition-outlines", args=[draft.code]) in (
        room.get(page_of(draft)).content.decode()
    )


def test_who_was_responsible_is_told_for_any_day(room):
    asked = {"place": "51.7652, 19.4571", "layer": OSIEDLA}
    page = room.get(f"{PAGES}kto-odpowiadal/", asked).content.decode()
    assert "Katedralna" in page
    assert "Zarząd Dróg i Transportu" in page
    early = room.get(f"{PAGES}kto-odpowiadal/", asked | {"day": "2019-01-01T12:00"})
    assert early.status_code == 400
    assert "Wtedy nie obowiązywało jeszcze" in early.content.decode()
    away = room.get(f"{PAGES}kto-odpowiadal/", asked | {"place": "52.2297, 21.0122"})
    assert away.status_code == 400
