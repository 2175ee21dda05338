import pytest
from django.urls import reverse

from districts.editions.checking import check_edition
from districts.editions.drafting import Shape
from districts.models import Edition, EditionCheck, Finding
from tests.districts.editions.drafts import drafted, gis, square
from tests.districts.editions.test_checking import osiedla, redraw
from tests.districts.editions.test_smaller_city import bite

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(client):
    """The client of a GIS person."""
    client.force_login(gis("gis"))
    return client


def address(draft: Edition) -> str:
    return reverse("panel:edition-checks", args=[draft.code])


def page(room, draft: Edition) -> str:
    return room.get(address(draft)).content.decode()


def checked(**shapes) -> tuple[Edition, list[Finding]]:
    draft = drafted("next", shapes)
    check_edition(draft, by=draft.author)
    return draft, list(draft.findings.all())


def test_a_check_is_asked_for_and_the_page_says_that_it_runs(room):
    draft = drafted("next", {"a": square(0)})
    assert "nikt jeszcze nie sprawdzał" in page(room, draft)
    answer = room.post(reverse("panel:edition-check", args=["next"]))
    assert answer["Location"] == address(draft)
    assert EditionCheck.objects.get().asked_by == gis("gis")
    assert "Trwa sprawdzanie" in page(room, draft)
    EditionCheck.objects.update(attempts=3)
    assert "kilka razy się nie udało" in page(room, draft)


def test_every_finding_is_listed_with_districts_size_and_place(room):
    draft, [finding] = checked(a=square(0, wide=1.25), b=square(1))
    answer = room.get(address(draft))
    text = answer.content.decode()
    assert "1 błąd i 0 ostrzeżeń." in text
    assert "Nakładanie się" in text
    assert "A, B · " in text
    [feature] = answer.context["places"]["features"]
    assert feature["properties"] == {"id": finding.pk, "look": "error"}
    assert feature["geometry"]["type"] == "Polygon"


def test_nothing_found_is_said(room):
    draft, _none = checked(a=square(0))
    assert "Wszystko pasuje" in page(room, draft)


def test_what_was_found_before_a_change_is_said_to_be_old(room):
    draft, [finding] = checked(a=square(0, wide=1.25), b=square(1))
    mend = reverse("panel:edition-mend", args=["next", finding.pk, "give"])
    assert mend in page(room, draft)
    redraw(draft, c=Shape("C", square(5)))
    text = page(room, draft)
    assert "Wynik niżej jest sprzed zmiany" in text
    assert mend not in text
    answer = room.get(mend)
    assert answer.status_code == 409
    assert "Sprawdź go jeszcze raz" in answer.content.decode()


def test_a_warning_is_explained_by_a_sentence(room):
    draft, [finding] = checked(a=square(0), b=square(2, wide=0.05))
    assert "czeka na jedno zdanie" in page(room, draft)
    explain = reverse("panel:edition-explain", args=["next", finding.pk])
    answer = room.post(explain, {"explanation": " "})
    assert answer.status_code == 400
    room.post(explain, {"explanation": "Pas przy rzece."})
    text = page(room, draft)
    assert "Pas przy rzece." in text
    assert "czeka na jedno zdanie" not in text


def test_one_sentence_may_do_for_all_of_a_kind(room):
    slivers = {"b": square(2, wide=0.05), "c": square(4, wide=0.05)}
    draft, [first, _second] = checked(a=square(0), **slivers)
    explain = reverse("panel:edition-explain", args=["next", first.pk])
    room.post(explain, {"explanation": "Pasy przy rzece.", "for_all": "on"})
    assert not draft.findings.filter(explanation="").exists()


def test_an_error_takes_no_sentence(room):
    _draft, [finding] = checked(a=square(0), b=square(0))
    explain = reverse("panel:edition-explain", args=["next", finding.pk])
    assert room.post(explain, {"explanation": "Tak ma być."}).status_code == 409


def test_a_mend_is_shown_then_done(room):
    draft, [finding] = checked(a=square(0, wide=1.25), b=square(1))
    mend = reverse("panel:edition-mend", args=["next", finding.pk, "give"])
    shown = room.get(mend)
    assert "Granica miasta zostaje na swoim miejscu" in shown.content.decode()
    [row] = shown.context["districts"]
    assert (row["gained"], row["goes"]) == (0, False)
    assert row["lost"] == pytest.approx(finding.size)
    assert shown.context["pieces"]["features"][0]["properties"]["look"] == "lost"
    assert not draft.changes.filter(word="mended").exists()
    answer = room.post(mend, {"revision": draft.revision, "tolerance": "1"})
    assert answer["Location"] == address(draft)
    assert draft.changes.get(word="mended").by == gis("gis")


def test_a_mend_that_was_shown_for_another_draft_is_shown_again(room):
    draft, [finding] = checked(a=square(0, wide=1.25), b=square(1))
    mend = reverse("panel:edition-mend", args=["next", finding.pk, "give"])
    answer = room.post(mend, {"revision": draft.revision - 1})
    assert answer.status_code == 409
    assert "Obejrzyj jeszcze raz" in answer.content.decode()
    assert not draft.changes.filter(word="mended").exists()


def test_all_borders_are_snapped_by_one_press(room):
    draft, [_first, _second] = checked(
        a=square(0, wide=1.01), b=square(1), c=square(3, wide=1.01), d=square(4)
    )
    snap = reverse("panel:edition-snap", args=["next"])
    assert snap in page(room, draft)
    assert room.get(snap, {"tolerance": "7"}).status_code == 400
    assert room.get(snap, {"tolerance": "0.1"}).status_code == 409
    assert room.get(snap, {"tolerance": "1"}).status_code == 200
    room.post(snap, {"tolerance": "1", "revision": draft.revision})
    check_edition(draft, by=None)
    assert not draft.findings.exists()


def test_a_mend_of_another_kind_is_no_page(room):
    _draft, [finding] = checked(a=square(0, wide=1.25), b=square(1))
    assert (
        room.get(reverse("panel:edition-mend", args=["next", finding.pk, "clip"])).status_code
        == 404
    )


def test_a_smaller_city_is_accepted_by_a_sentence(room):
    draft = osiedla(gis("gis"))
    bite(draft, 0.001)
    check_edition(draft, by=None)
    finding = draft.findings.get(kind=Finding.Kind.UNCOVERED)
    assert "Miasto jest tu naprawdę mniejsze" in page(room, draft)
    accept = reverse("panel:edition-accept", args=["next", finding.pk])
    answer = room.post(accept, {"explanation": " "})
    assert answer.status_code == 400
    assert finding.pk in [row["finding"].pk for row in answer.context["rows"] if row["form"].errors]
    assert room.post(accept, {"explanation": "Nowa granica gminy."})["Location"] == address(draft)
    check_edition(draft, by=None)
    text = page(room, draft)
    assert "Nowa granica gminy." in text
    assert "Miasto jest tu naprawdę mniejsze" not in text
    assert room.post(accept, {"explanation": "Jeszcze raz."}).status_code == 404


def test_other_errors_offer_no_smaller_city(room):
    draft, [_overlap] = checked(a=square(0, wide=1.25), b=square(1))
    assert "Miasto jest tu naprawdę mniejsze" not in page(room, draft)
