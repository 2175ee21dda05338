import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.closing import close_account
from reports.references import new_reference
from tests.factories import dispatched, submitted

pytestmark = pytest.mark.django_db


def wrong(reference):
    return reference[:-1] + ("0" if reference[-1] != "0" else "1")


def search(client, text):
    return client.get("/status/", {"reference": text})


def test_a_right_number_leads_to_its_page(client):
    report = submitted()
    answer = search(client, report.reference.lower().replace("-", " "))
    assert answer.status_code == 302
    assert answer.url == f"/status/{report.reference}/"


def test_a_malformed_a_mistyped_and_an_unknown_number_are_answered_differently(client):
    known = new_reference()
    answers = [search(client, text) for text in ("abc", wrong(known), known)]
    assert [answer.status_code for answer in answers] == [400, 400, 400]
    words = ("ma 9 znaków", "W numerze jest pomyłka", "nie mamy takiego zgłoszenia")
    for answer, expected in zip(answers, words, strict=True):
        assert expected in answer.content.decode()


def test_a_hostile_number_is_400(client):
    for text in ("", "\0", "<script>", "7" * 5000, "' OR 1=1"):
        assert search(client, text).status_code == 400


def test_addresses_of_unknown_and_mistyped_numbers(client):
    known = new_reference()
    assert client.get(f"/status/{known}/").status_code == 404
    assert client.get(f"/status/{wrong(known)}/").status_code == 400
    assert client.get("/status/abc/").status_code == 400


def test_the_page_tells_the_timeline_the_unit_and_the_date_but_no_person(client, operator):
    report = dispatched(email="maria@example.org", consent=True)
    page = client.get(f"/status/{report.reference}/").content.decode()
    for words in ("Przyjęte", "Wysłane do jednostki", report.unit.name, "Katedralna"):
        assert words in page
    assert "maria" not in page
    assert report.description not in page


def test_the_receipt_tells_the_number_and_the_unit(client):
    report = submitted()
    page = client.get(f"/zgloszenia/{report.reference}/potwierdzenie/").content.decode()
    assert report.reference in page
    assert report.unit.name in page


def test_an_approximate_place_is_marked(client):
    report = submitted(is_approximate=True)
    assert "przybliżone" in client.get(f"/status/{report.reference}/").content.decode()


def test_a_status_page_takes_few_statements(client, django_assert_max_num_queries):
    report = dispatched()
    with django_assert_max_num_queries(6):
        client.get(f"/status/{report.reference}/")


@pytest.mark.parametrize("path", ["/", "/mapa/"])
def test_lists_take_the_same_number_of_statements_whatever_their_size(client, path):
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    submitted()
    client.get(path)
    of_one = statements()
    for _number in range(5):
        submitted()
    assert statements() == of_one < 20


@pytest.mark.parametrize("page", ["x", "-1", "99999", "0", "\0"])
def test_a_page_of_the_list_that_is_none_is_no_error(client, page):
    assert client.get("/mapa/", {"strona": page}).status_code == (400 if page == "\0" else 200)


def test_what_was_erased_with_an_account_is_not_promised(client, resident):
    report = dispatched(owner=resident)
    promise = "Opis i zdjęcia pokażemy tu"
    assert promise in client.get(report.get_absolute_url()).text
    close_account(resident, how="test")
    page = client.get(report.get_absolute_url()).text
    assert promise not in page
    assert "usunęła jego opis i zdjęcia" in page
    receipt = client.get(f"/zgloszenia/{report.reference}/potwierdzenie/").text
    assert "Opis i zdjęcia zobaczą inni" not in receipt


def test_texts_that_stay_after_an_account_are_still_promised(client, resident):
    report = dispatched(owner=resident)
    close_account(resident, how="test", keep_texts=True)
    assert "Opis i zdjęcia pokażemy tu" in client.get(report.get_absolute_url()).text
