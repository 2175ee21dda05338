"""`/api/v1/procedures/`: cards for programs."""

import pytest
from django.utils import timezone

from procedures.search.indexing import index_all
from tests.procedures.cards import make_card

pytestmark = pytest.mark.django_db
URL = "/api/v1/procedures/"


def numbers(client, **query) -> list[str]:
    answer = client.get(URL, query)
    assert answer.status_code == 200, answer.json()
    return [row["number"] for row in answer.json()["results"]]


def test_cards_are_listed_page_by_page(client):
    made = [make_card(number=f"KA-0000{n}").number for n in range(1, 6)]
    make_card(published_at=None)
    make_card(withdrawn_at=timezone.now())
    assert numbers(client) == made
    first = client.get(URL, {"limit": 2}).json()
    assert [row["number"] for row in first["results"]] == made[:2]
    second = client.get(first["next"]).json()
    assert [row["number"] for row in second["results"]] == made[2:4]
    assert client.get(second["previous"]).json()["results"] == first["results"]
    assert client.get(URL, {"cursor": "x"}).status_code == 400


def test_cards_are_searched_and_filtered(client):
    card = make_card("Adopcja psa", unit="schronisko", topics=["zwierzeta"])
    make_card("Wydanie dowodu", situations=["przeprowadzka"])
    index_all()
    assert numbers(client, q="pieska adopcja") == [card.number]
    assert numbers(client, unit="schronisko") == [card.number]
    assert numbers(client, topic="zwierzeta") == [card.number]
    assert card.number not in numbers(client, situation="przeprowadzka")


@pytest.mark.parametrize("spelled", ["KA-01238", "ka-1238", "1238"])
def test_a_card_is_whole_in_any_spelling_of_its_number(client, spelled):
    make_card(number="KA-01238", fees=[("Opłata", "17.00")], documents=[("required", "Zdjęcie")])
    answer = client.get(f"{URL}{spelled}/").json()
    assert answer["number"] == "KA-01238"
    assert answer["fees"] == [{"name": "Opłata", "amount": "17.00", "account": ""}]
    assert answer["documents"][0]["name"] == "Zdjęcie"
    assert answer["url"].endswith("/procedury/KA-01238/")


def test_a_card_that_is_unknown_or_withdrawn_is_said_so(client):
    new = make_card(number="KA-02000")
    make_card(number="KA-01238", withdrawn_at=timezone.now(), replaced_by=new)
    gone = client.get(f"{URL}KA-01238/")
    assert (gone.status_code, gone.json()["replaced_by"]) == (410, "KA-02000")
    assert client.get(f"{URL}KA-09999/").status_code == 404
    assert client.get(f"{URL}cokolwiek/").status_code == 404


def test_the_list_takes_few_statements(client, django_assert_max_num_queries):
    for _ in range(5):
        make_card()
    with django_assert_max_num_queries(3):
        client.get(URL)
