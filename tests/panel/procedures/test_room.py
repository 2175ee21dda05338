"""The editors' room: the list with its filters, the page of a card and its acts, the calendar."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from outbox.models import Letter
from procedures.editing.drafting import begin_procedure, begin_version, save_draft
from procedures.editing.publishing import publish_version, send_to_review
from procedures.editing.review_links import make_review_link
from procedures.models import OutsideLink, Procedure, ProcedureVersion, ReviewLink
from tests.people import person
from tests.procedures.cards import make_card, make_topic, make_version
from tests.procedures.test_states import written

pytestmark = pytest.mark.django_db
ROOM = "/panel/redakcja/"


@pytest.fixture
def second(db):
    return person("danuta", role="editor")


@pytest.fixture
def client(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def in_review(second):
    """A card that ``second`` wrote, for ``editor`` to read."""
    version = begin_procedure(written(), by=second)
    send_to_review(version, edits=0, by=second)
    return version


def page_of(version: ProcedureVersion) -> str:
    return f"{ROOM}{version.procedure.number}/"


def numbers(client, **query) -> list[str]:
    return [row.number for row in client.get(ROOM, query).context["page"]]


def test_the_panel_leads_editors_here(client):
    assert client.get("/panel/").url == ROOM


def test_the_list_is_filtered(client, editor, in_review):
    card = make_card("Ślub cywilny", number="KA-00050", topics=["slub"], synonyms=["wesele"])
    gone = make_card("Stara", number="KA-00051", withdrawn_at=timezone.now() - timedelta(days=1))
    late = make_card("Pies", number="KA-00052", review_by=timezone.localdate(), keeper=editor)
    link = OutsideLink.objects.create(url="https://x.pl", due_at=timezone.now(), failures=2)
    link.procedures.add(card)
    assert numbers(client, q="cywilny ślub") == [card.number]
    assert numbers(client, q="ka-00051") == [gone.number]
    assert numbers(client, q="wesele") == [card.number]
    assert numbers(client, state="review") == [in_review.procedure.number]
    assert numbers(client, state="withdrawn") == [gone.number]
    assert numbers(client, state="published") == [card.number, late.number]
    assert numbers(client, topic=make_topic("slub").pk) == [card.number]
    assert numbers(client, needs="links") == [card.number]
    assert numbers(client, needs="review") == [late.number]
    assert numbers(client, mine="tak") == [late.number]


def test_the_cost_of_the_list_does_not_grow(client, django_assert_max_num_queries):
    for _number in range(3):
        make_card(fees=[("x", 1)])
    with django_assert_max_num_queries(15):
        client.get(ROOM)


def test_the_cost_of_a_card_does_not_grow_with_its_versions(
    client, editor, django_assert_max_num_queries
):
    card = make_card(fees=[("x", 1)], documents=[("required", "y")])
    for number in (2, 3, 4):
        make_version(card, published_at=timezone.now() - timedelta(minutes=10 - number))
    with django_assert_max_num_queries(30):
        client.get(f"{ROOM}{card.number}/")


def test_an_editors_day(client, editor, second, in_review):
    page = page_of(in_review)
    client.post(page + "do-poprawy/", {"edits": 0, "note": "Brakuje opłaty."})
    assert "Brakuje opłaty." in client.get(page).content.decode()
    save_draft(in_review, written(title="Lepiej"), edits=0, by=second)
    send_to_review(in_review, edits=1, by=second)
    client.post(page + "publikacja/", {"edits": 1})
    assert ProcedureVersion.objects.current().get().title == "Lepiej"
    answer = client.post(page + "nowa-wersja/")
    assert answer.url == page + "tresc/"


def test_who_wrote_it_is_told_to_wait_for_somebody_else(client, editor):
    version = begin_procedure(written(), by=editor)
    send_to_review(version, edits=0, by=editor)
    html = client.get(page_of(version)).content.decode()
    assert "opublikuje ją ktoś inny" in html
    assert "publikacja/" not in html
    assert client.post(page_of(version) + "publikacja/", {"edits": 0}).status_code == 403


def test_a_page_that_is_out_of_date_publishes_nothing(client, second, in_review):
    save_draft(in_review, written(title="Inny"), edits=0, by=second)
    send_to_review(in_review, edits=1, by=second)
    assert client.post(page_of(in_review) + "publikacja/", {"edits": 0}).status_code == 409


def test_an_instant_that_has_passed_is_refused_by_its_field(client, in_review):
    answer = client.post(page_of(in_review) + "publikacja/", {"edits": 0, "at": "2020-01-01T10:00"})
    assert answer.status_code == 400
    assert "Ta chwila już minęła" in answer.content.decode()


def test_what_is_scheduled_stands_in_the_calendar(client, in_review, editor):
    at = timezone.now() + timedelta(days=3)
    publish_version(in_review, edits=0, by=editor, at=at)
    html = client.get(f"{ROOM}kalendarz/", {"miesiac": f"{at:%Y-%m}"}).content.decode()
    assert html.count(f"{in_review.procedure.number}</a>") >= 1
    client.post(page_of(in_review) + "odwolanie-publikacji/")
    assert "Nic nie jest zaplanowane" in client.get(f"{ROOM}kalendarz/").content.decode()


@pytest.mark.parametrize("month", ["2026-13", "x", "1999-01", "2026-12-01"])
def test_no_such_month(client, month):
    assert client.get(f"{ROOM}kalendarz/", {"miesiac": month}).status_code == 404


def test_a_card_is_withdrawn_in_favour_of_another(client):
    card, other = make_card(), make_card()
    page = f"{ROOM}{card.number}/"
    answer = client.post(page + "wycofanie/", {"note": "x", "replaced_by": "KA-00000"})
    assert answer.status_code == 400
    client.post(page + "wycofanie/", {"note": "Zmiana.", "replaced_by": other.number})
    assert Procedure.objects.get(pk=card.pk).replaced_by == other
    client.post(page + "odwolanie-wycofania/")
    assert Procedure.objects.get(pk=card.pk).withdrawn_at is None


def test_versions_are_compared(client, editor):
    card = make_card(handling="Stare zdanie o opłacie.")
    draft = begin_version(card, by=editor)
    save_draft(draft, written(handling="Nowe zdanie o opłacie."), edits=0, by=editor)
    html = client.get(f"{ROOM}{card.number}/wersje/2/od/1/").content.decode()
    assert "<ins>" in html
    assert "Stare" in html
    assert client.get(f"{ROOM}{card.number}/wersje/1/").status_code == 200
    assert client.get(f"{ROOM}{card.number}/wersje/9/").status_code == 404


def test_the_link_is_shown_once_and_sent(client, in_review):
    given = {"edits": 0, "name": "mec. Anna", "email": "anna@example.org", "days": 7}
    answer = client.post(page_of(in_review) + "opinia/", given)
    address = answer.context["new_link"]
    assert address in answer.content.decode()
    assert address not in client.get(page_of(in_review)).content.decode()
    letter = Letter.objects.get()
    assert letter.is_forgotten
    assert ReviewLink.objects.get().name == "mec. Anna"
    assert not mail.outbox


def test_a_link_is_revoked(client, editor, in_review):
    link = make_review_link(in_review, edits=0, name="x", days=7, by=editor)[0]
    client.post(page_of(in_review) + f"opinia/{link.pk}/")
    link.refresh_from_db()
    assert link.revoked_at
    assert client.post(page_of(in_review) + f"opinia/{link.pk}/").status_code == 409
    assert client.post(f"{ROOM}{make_card().number}/opinia/{link.pk}/").status_code == 404


def test_dead_links_are_listed(client):
    link = OutsideLink.objects.create(
        url="https://x.pl/gone", due_at=timezone.now(), checked_at=timezone.now(), failures=2
    )
    card = make_card()
    link.procedures.add(card)
    assert "https://x.pl/gone" in client.get(f"{ROOM}odnosniki/").content.decode()
    client.post(f"{ROOM}{card.number}/odnosniki/", {"until": "2030-01-01"})
    assert "wstrzymane do" in client.get(f"{ROOM}odnosniki/").content.decode()
