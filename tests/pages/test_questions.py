"""The page of questions, and the page of each."""

from django.urls import reverse

from tests.pages.entries import ago, question

LIST = reverse("pages:questions")


def test_questions_stand_in_their_groups_pinned_ones_first(client, db):
    question("a", title="Druga", position=1)
    question("b", title="Pierwsza", position=9, is_pinned=True)
    question("c", title="Inna", group="inne")
    groups = client.get(LIST).context["groups"]
    titles = {group.code: [row.title for row, _html in rows] for group, rows in groups}
    assert titles == {"portal": ["Pierwsza", "Druga"], "inne": ["Inna"]}


def test_each_question_opens_and_links_to_its_own_page(client, db):
    found = question()
    page = client.get(LIST).content.decode()
    assert "<details" in page
    assert f'href="{found.get_absolute_url()}"' in page
    assert "<em>działało</em>" in client.get(found.get_absolute_url()).content.decode()


def test_drafts_are_not_shown_and_what_expired_only_at_its_address(client, db):
    question("szkic", title="Szkic?", published_at=None)
    old = question("stare", title="Stare?", published_at=ago(days=3), expires_at=ago(days=1))
    page = client.get(LIST).content.decode()
    assert "Szkic?" not in page
    assert "Stare?" not in page
    assert client.get(reverse("pages:question", args=["szkic"])).status_code == 404
    assert "nieaktualny" in client.get(old.get_absolute_url()).content.decode()


def test_all_questions_take_one_statement_beside_that_of_what_works(
    client, db, django_assert_num_queries
):
    for number in range(5):
        question(f"q-{number}", group=f"g-{number}")
    with django_assert_num_queries(2):
        client.get(LIST)
