""" "Is it this one?": cards near the pin, "me too", and letters that the mailbox confirms first."""

from django.contrib.gis.geos import Point
from playwright.sync_api import Page, expect

from reports.models import Contact, Photo, Report
from reports.photos.processing import process_due
from reports.photos.uploading import store_upload
from tests.factories import CITY_HALL, dispatched
from tests.journeys.test_accessibility import faults
from tests.people import PASSWORD, registered
from tests.pictures import jpeg_upload

BESIDE = {"latitude": CITY_HALL.y + 0.0001, "longitude": CITY_HALL.x}


def reported() -> Report:
    """A report with a text and a photo that anybody may see."""
    report = dispatched(location=CITY_HALL, photo_ids=[store_upload(jpeg_upload()).pk])
    process_due()
    Photo.objects.update(is_public=True)
    Report.objects.update(description_is_public=True)
    return report


def ask(visit, **options) -> Page:
    page = visit("/zgloszenia/nowe/", geolocation=BESIDE, permissions=["geolocation"], **options)
    return choose(page)


def choose(page: Page) -> Page:
    page.locator("[data-city-map][data-ready]").wait_for()
    page.get_by_role("button", name="Użyj mojego położenia").click()
    page.get_by_label("Szukaj").fill("dziura")
    page.get_by_label("Dziura w jezdni").check()
    return page


def cards(page: Page):
    return page.get_by_role("region", name="Czy to jedno z tych?")


def test_a_card_shows_when_where_what_and_a_photo(visit):
    report = reported()
    page = ask(visit)
    card = cards(page).get_by_role("listitem")
    expect(card).to_contain_text(report.place_in_words)
    expect(card).to_contain_text(report.description)
    expect(card.locator("time")).to_contain_text("20")
    expect(card.get_by_role("img")).to_have_js_property("complete", True)
    assert card.get_by_role("img").evaluate("image => image.naturalWidth") > 0


def test_who_joined_reads_what_happens_next_and_may_ask_for_letters(visit):
    report = reported()
    page = ask(visit)
    cards(page).get_by_role("button", name="Ja też").click()
    expect(cards(page)).to_contain_text("Nie musisz nic więcej robić.")
    expect(cards(page)).to_contain_text(report.unit.name)
    email = cards(page).get_by_label("Chcesz wiadomości o tej sprawie? Adres e-mail")
    email.press("Enter")
    expect(cards(page)).to_contain_text("Wpisz adres e-mail.")
    email.fill("ola@example.org")
    # Enter in this field must not send the report around it.
    email.press("Enter")
    expect(cards(page)).to_contain_text("zaznacz ją albo usuń adres")
    assert faults(page) == []
    cards(page).get_by_label("Zgadzam się").check()
    cards(page).get_by_role("button", name="Piszcie do mnie").click()
    expect(cards(page)).to_contain_text("Wysłaliśmy wiadomość na ola@example.org.")
    assert Contact.objects.get().state == "waiting"
    assert Report.objects.count() == 1


def test_who_is_logged_in_follows_by_the_press(visit):
    reported()
    registered("maria")
    page = visit("/konto/logowanie/", geolocation=BESIDE, permissions=["geolocation"])
    page.locator("[name=login]").fill("maria")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/konto/zgloszenia/")
    page.goto("/zgloszenia/nowe/")
    choose(page)
    expect(cards(page)).to_contain_text("maria@example.org")
    cards(page).get_by_role("button", name="Ja też").click()
    expect(cards(page)).to_contain_text("Wiadomości o tej sprawie przyjdą na adres Twojego konta.")
    assert Contact.objects.get().state == "logged_in"


def test_without_scripts_a_page_takes_the_press_and_the_address(visit):
    report = reported()
    page = visit(report.get_absolute_url(), java_script_enabled=False)
    page.get_by_role("button", name="Ja też to widzę").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dopisaliśmy Cię do tej sprawy")
    page.get_by_label("Adres e-mail").fill("ola@example.org")
    page.get_by_label("Zgadzam się").check()
    page.get_by_role("button", name="Piszcie do mnie").click()
    expect(page.get_by_text("Wysłaliśmy wiadomość na ola@example.org.")).to_be_visible()


def test_a_place_far_away_offers_nothing(visit):
    dispatched(location=Point(19.4687, 51.8449, srid=4326))
    expect(cards(ask(visit))).to_have_count(0)
