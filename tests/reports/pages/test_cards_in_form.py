"""A category that is a formal matter shows the cards that say how it is settled."""

from uuid import uuid4

import pytest

from tests.factories import CITY_HALL, category
from tests.procedures.cards import make_card

pytestmark = pytest.mark.django_db
FORM = "/zgloszenia/nowe/"
FORMAL = "pismo-urzedowe"


@pytest.fixture
def card(db):
    return make_card("Skarga, wniosek albo petycja", number="KA-01238", categories=[FORMAL])


def test_the_form_names_the_card_also_without_scripts_and_without_a_network(client, card):
    for path in (FORM, "/zgloszenia/nowe/bez-sieci/"):
        page = client.get(path)
        assert f'data-cards-of="{FORMAL}"' in page.text
        assert "/procedury/KA-01238/" in page.text
        assert page.text.count("Skarga, wniosek albo petycja") == 2


def test_without_a_card_the_advice_stays(client):
    page = client.get(FORM)
    assert "data-cards-of" not in page.text
    assert category(FORMAL).advice in page.text


def test_a_card_that_nobody_may_read_yet_is_not_named(client):
    make_card(categories=[FORMAL], published_at=None)
    assert "data-cards-of" not in client.get(FORM).text


def test_a_report_of_such_a_matter_is_refused_with_the_card(client, card):
    values = {
        "submission_id": str(uuid4()),
        "category": FORMAL,
        "description": "Składam skargę.",
        "lat": CITY_HALL.y,
        "lon": CITY_HALL.x,
    }
    page = client.post(FORM, values)
    assert page.status_code == 422
    assert "Przeczytaj, jak ją załatwić: „Skarga, wniosek albo petycja”." in page.text
    assert f'data-cards-of="{FORMAL}" role="alert">' in page.text


def test_the_api_names_the_address_of_the_card(client, card):
    values = {
        "submission_id": str(uuid4()),
        "category": FORMAL,
        "description": "Składam skargę.",
        "location": {"type": "Point", "coordinates": [CITY_HALL.x, CITY_HALL.y]},
    }
    answer = client.post("/api/v1/reports/", values, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "not_for_reports")
    [named] = answer.json()["cards"]
    assert named["number"] == "KA-01238"
    assert named["url"].endswith("/procedury/KA-01238/")


def test_the_link_of_a_card_chooses_the_category(client):
    page = client.get(FORM, {"kategoria": "dziura-w-jezdni"})
    assert 'value="dziura-w-jezdni" checked' in page.text
    assert client.get(FORM, {"kategoria": "nie-ma"}).status_code == 200
