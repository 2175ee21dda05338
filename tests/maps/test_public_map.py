"""The public map: filters in the address, the list, districts in numbers, what others take."""

import re
from html import unescape

import pytest
from django.contrib.gis.geos import Point
from django.urls import reverse
from django.utils import timezone

from maps.pages import listing
from maps.summary import reading
from reports.models import Report, Status
from tests.factories import category, submitted

pytestmark = pytest.mark.django_db
MAP = reverse("maps:map")
OTHER = Point(19.50, 51.80, srid=4326)
HERE = "19.45,51.76,19.46,51.77"


def page(client, expected: int = 200, **query) -> str:
    answer = client.get(MAP, query)
    assert answer.status_code == expected
    return unescape(answer.content.decode())


def references(html: str) -> list[str]:
    listed = html.split("report-list", 1)[-1].split("</ul>")[0]
    return re.findall(r'href="/status/([^/]+)/"', listed)


def ended(report: Report) -> Report:
    Report.objects.filter(pk=report.pk).update(status=Status.RESOLVED)
    return report


def test_reports_that_ended_leave_the_first_view_and_one_press_shows_them(client):
    running, done = submitted(), ended(submitted())
    html = page(client)
    assert references(html) == [running.reference]
    assert "Zakończonych i starszych niż rok tu nie ma." in html
    assert 'href="?okres=wszystkie"' in html
    assert set(references(page(client, okres="wszystkie"))) == {running.reference, done.reference}


def test_filters_of_the_address_choose_what_is_listed_and_counted(client):
    report = submitted(category=category("graffiti"))
    submitted()
    html = page(client, kategoria="graffiti", okres="wszystkie")
    assert references(html) == [report.reference]
    assert "1 zgłoszenie" in html
    assert '<option value="graffiti" selected>' in html


def test_the_list_shows_the_part_of_the_city_that_the_address_names(client):
    here = submitted()
    submitted(location=OTHER)
    assert references(page(client, bbox=HERE)) == [here.reference]


def test_the_list_says_places_in_words(client):
    report = submitted()
    assert report.place_in_words in page(client)


def test_a_rounded_place_is_no_more_exact_in_the_list_and_the_feed(client):
    category().__class__.objects.filter(code="graffiti").update(is_place_rounded=True)
    report = submitted(category=category("graffiti"))
    report.refresh_from_db()
    assert report.rounded_location is not None
    feed = client.get(reverse("maps:feed")).content.decode()
    for text in (page(client), feed):
        assert report.place_in_words not in text
        assert report.public_place_in_words in text
    assert f"{report.location.y}" not in feed
    assert f"{report.rounded_location.y}" in feed


def test_the_list_goes_on_after_the_last_report_of_a_page(client, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 2)
    made = [submitted().reference for _number in range(5)][::-1]
    seen, after = [], ""
    while True:
        html = page(client, po=after) if after else page(client)
        seen += references(html)
        following = re.search(r'rel="next" href="[^"]*po=([^"&]+)', html)
        if not following:
            break
        after = following[1]
    assert seen == made


def test_a_report_that_was_hidden_meanwhile_does_not_break_the_next_page(client, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 1)
    first, second = submitted(), submitted()
    Report.objects.filter(pk=second.pk).update(is_hidden=True)
    assert references(page(client, po=second.reference)) == [first.reference]


def test_what_takes_too_long_is_said_and_not_guessed(client, monkeypatch):
    submitted()
    monkeypatch.setattr(listing, "within_time", lambda rows: None)
    assert "Wybierz mniej filtrów albo przybliż mapę" in page(client)


def test_districts_are_listed_with_their_numbers_and_a_way_to_them(client):
    submitted(), ended(submitted())
    html = page(client, okres="wszystkie")
    row = re.search(r'<li data-district="katedralna".*?</li>', html, re.S)[0]
    assert "2 zgłoszenia (czeka na jednostkę: 1, załatwione: 1)" in row
    assert "osiedle=katedralna" in row
    assert html.count("data-district=") == 36


def test_each_chosen_filter_has_a_link_without_it(client):
    html = page(client, status=["czeka", "zalatwione"], okres="30-dni", osiedle="katedralna")
    links = re.findall(r'class="chip" href="\?([^"]*)"', html)
    assert links == [
        "status=zalatwione&okres=30-dni&osiedle=katedralna",
        "status=czeka&okres=30-dni&osiedle=katedralna",
        "status=czeka&status=zalatwione&okres=wszystkie&osiedle=katedralna",
        "status=czeka&status=zalatwione&okres=30-dni",
    ]


def test_an_address_leads_to_the_map_around_it(client):
    answer = client.get(MAP, {"miejsce": "51.7652, 19.4571", "okres": "30-dni"})
    assert answer.status_code == 302
    assert answer["Location"] == f"{MAP}?okres=30-dni&bbox=19.45210,51.76200,19.46210,51.76840"


def test_an_address_that_nobody_knows_is_refused_by_its_field(client):
    html = page(client, 400, miejsce="Nieznana 7")
    assert 'aria-describedby="id_miejsce_error"' in html
    assert 'value="Nieznana 7"' in html


@pytest.mark.parametrize(
    "query",
    [
        {"kategoria": "nie-ma"},
        {"okres": "wczoraj"},
        {"miesiac": "2026-13"},
        {"osiedle": "nie-ma"},
        {"bbox": "nan,1,2,3"},
        {"bbox": "1"},
    ],
)
def test_what_is_no_filter_is_said_and_the_first_view_shown(client, query):
    report = submitted()
    html = page(client, 400, **query)
    assert 'role="alert"' in html
    assert references(html) == [report.reference]


def test_a_view_far_from_the_city_is_empty(client):
    submitted()
    assert references(page(client, bbox="100,10,101,11")) == []


def test_the_page_takes_the_same_statements_however_many_reports_there_are(
    client, django_assert_max_num_queries
):
    submitted()
    page(client, okres="wszystkie")
    for _number in range(4):
        submitted()
    with django_assert_max_num_queries(16):
        page(client, okres="wszystkie")


def test_nobody_may_frame_the_map_unless_the_setting_says_so(client, settings):
    address = reverse("maps:embedded")
    assert "frame-ancestors 'none'" in client.get(address)["Content-Security-Policy"]
    settings.MAP_EMBED_ORIGINS = ["https://rada.example.org"]
    answer = client.get(address)
    assert "frame-ancestors https://rada.example.org" in answer["Content-Security-Policy"]
    assert not answer.has_header("X-Frame-Options")
    assert "'none'" not in re.search("frame-ancestors[^;]*", answer["Content-Security-Policy"])[0]


def test_no_other_page_may_be_framed(client, settings):
    settings.MAP_EMBED_ORIGINS = ["https://rada.example.org"]
    answer = client.get(MAP)
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_the_map_in_a_frame_sets_no_cookie(client):
    answer = client.get(reverse("maps:embedded"))
    assert not answer.cookies
    assert b"csrfmiddlewaretoken" not in answer.content


def test_the_page_about_frames_has_the_address_of_the_selection(client, settings):
    settings.MAP_EMBED_ORIGINS = ["https://rada.example.org"]
    answer = client.get(reverse("maps:embedding"), {"osiedle": "katedralna"})
    html = unescape(answer.content.decode())
    assert f'<iframe src="{settings.SITE_URL}/mapa/osadzona/?okres=wszystkie&' in unescape(html)
    assert "https://rada.example.org" in html


def test_a_count_that_takes_too_long_names_no_number(client, monkeypatch):
    submitted()
    monkeypatch.setattr(reading, "read_within", lambda milliseconds, read: None)
    html = page(client, miesiac=f"{timezone.localdate():%Y-%m}")
    assert "Zgłoszeń jest tyle, że nie zdążyliśmy ich policzyć" in html
    assert "więcej niż 0" not in html
