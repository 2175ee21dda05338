"""What everybody reads of news: the list, one text, the feed."""

from xml.etree.ElementTree import fromstring

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.pages.entries import ago, news

LIST, FEED = reverse("pages:news"), reverse("pages:news-feed")
ATOM = "{http://www.w3.org/2005/Atom}"


def later(**delta: float):
    return timezone.now() - (ago(**delta) - timezone.now())


@pytest.mark.parametrize(
    "values",
    [
        {"published_at": None},
        {"published_at": later(days=2)},
        {"published_at": ago(days=3), "expires_at": ago(minutes=5)},
    ],
    ids=["draft", "scheduled", "expired"],
)
def test_lists_show_only_what_is_out_and_not_expired(client, db, values):
    news(title="Tego nie widać", **values)
    for address in (LIST, FEED):
        assert "Tego nie widać" not in client.get(address).content.decode()


def test_what_is_scheduled_comes_out_by_itself(client, db, time_machine):
    news(title="Jutro", published_at=later(hours=23))
    with time_machine(hours=24):
        assert "Jutro" in client.get(LIST).content.decode()


def test_pinned_news_come_first_and_then_the_newest(client, db):
    news("stara", title="Stara", published_at=ago(days=9), is_pinned=True)
    news("wczoraj", title="Wczorajsza", published_at=ago(days=1))
    news("dzis", title="Dzisiejsza")
    titles = [entry.title for entry in client.get(LIST).context["page"]]
    assert titles == ["Stara", "Dzisiejsza", "Wczorajsza"]


@pytest.mark.parametrize("published_at", [None, later(days=2)])
def test_nobody_reads_what_is_not_out_yet(client, db, published_at):
    entry = news(published_at=published_at)
    assert client.get(entry.get_absolute_url()).status_code == 404


def test_the_address_of_an_expired_text_still_answers_and_says_so(client, db):
    entry = news(published_at=ago(days=3), expires_at=ago(days=1))
    answer = client.get(entry.get_absolute_url())
    assert answer.status_code == 200
    assert "nieaktualny od" in answer.content.decode()


def test_a_text_is_read_in_the_readers_language_where_it_is_translated(client, db):
    entry = news(title_en="New bridge", lead_en="A bridge.", body_en="Long.")
    client.cookies["jezyk"] = "en"
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "New bridge" in page
    assert '<article class="prose" lang="en">' in page


def test_a_text_without_a_translation_is_polish_marked_as_such_with_a_note(client, db):
    entry = news()
    client.cookies["jezyk"] = "uk"
    page = client.get(entry.get_absolute_url()).content.decode()
    assert '<article class="prose" lang="pl">' in page
    assert "Цей текст є лише польською." in page


def test_markdown_of_an_editor_brings_no_script(client, db):
    entry = news(body="<script>x()</script> [a](javascript:x()) ![](https://example.org/x.png)")
    page = client.get(entry.get_absolute_url()).content.decode()
    article = page.split("<article")[1].split("</article>")[0]
    assert "<script" not in article
    assert 'href="javascript' not in article
    assert "<img" not in article


def test_the_feed_is_atom_with_whole_addresses(client, db):
    entry = news()
    answer = client.get(FEED)
    assert answer["Content-Type"].startswith("application/atom+xml")
    [found] = fromstring(answer.content).findall(f"{ATOM}entry")
    assert found.find(f"{ATOM}title").text == "Nowy most"
    assert found.find(f"{ATOM}link").get("href") == f"http://testserver{entry.get_absolute_url()}"


def test_the_list_takes_the_same_statements_however_many_there_are(
    client, db, django_assert_num_queries
):
    for number in range(12):
        news(f"n-{number}")
    client.get(LIST)
    with django_assert_num_queries(3):
        client.get(LIST)
    with django_assert_num_queries(3):
        client.get(LIST + "?strona=2")


@pytest.mark.parametrize("page", ["0", "-1", "999999999999999999999", "x", "1e9"])
def test_a_page_that_is_not_there_is_never_a_fault(client, db, page):
    news()
    assert client.get(f"{LIST}?strona={page}").status_code == 200
