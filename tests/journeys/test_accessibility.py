"""On every page that a person can open, axe finds no fault, nothing overflows, and the header takes
one line.

Each page is tried in the look that differs most from the others, narrow and dark; with
``DEEP=yes`` in the environment in all of them, and in every language.
"""

import itertools
import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import ConsentEntry, Role, User
from demo.boundaries import CODE
from districts.editions.activating import activate_edition
from districts.editions.checking import check_edition
from districts.models import Edition
from pages.models import Inquiry, News, Question
from panel.bulk.acting import confirm, prepare
from panel.queue.rooms import Room, desk_of
from panel.registry import ACTS
from reports.handling.correcting import forward
from reports.handling.status import change_status
from reports.intake.following import follow
from reports.mailbox_link import mailbox_key
from reports.models import Dispatch, Report, Status
from reports.secret_link import key_of
from reports.unit_link import case_key, last_day_of_link, list_key
from tests.depth import DEEP
from tests.districts.editions.drafts import exchanged
from tests.factories import category, dispatched
from tests.journeys.tried_pages import (
    ADMIN,
    ADMINISTRATORS,
    CARDS,
    EDITORS,
    GIS,
    PUBLIC,
    RESIDENTS,
    STAFF,
    UNITS,
    WITH_MAPS,
)
from tests.pages.entries import inquiry, news, question
from tests.people import PASSWORD, person, registered
from tests.pictures import jpeg
from tests.procedures.cards import card_with_everything, make_card, make_picture, publish_full_card
from tests.switching import break_in, off
from units.models import Unit

# The second card is withdrawn, the third one unknown.
PROCEDURES = (
    "/procedury/",
    "/procedury/?q=dowod",
    "/procedury/?q=xyzzy",
    "/procedury/KA-01238/",
    "/procedury/KA-01238/?adres=Piotrkowska",
    "/procedury/KA-01239/",
    "/procedury/KA-09999/",
)
FOLLOWER = "ola@example.org"
BARE = {"phone": (390, 844), "desktop": (1280, 900), "narrow": (320, 640)}
# A zoom of 200 % leaves half of a desktop's width and height.
SIZES = BARE | {"zoomed": (640, 450)}
HIGHEST_HEADER = 70  # px: one line
# Whether a box to tick stands more than 4 px off the middle of the first line of its words.
STRAY_BOX = """[...document.querySelectorAll('.choice > input')].some((box) => {
    const words = document.createRange();
    words.selectNodeContents(box.parentElement.lastElementChild);
    const line = words.getClientRects()[0];
    const { y, height } = box.getBoundingClientRect();
    return line && Math.abs(y + height / 2 - line.y - line.height / 2) > 4;
})"""
# The look in which pages are tried on every push.
MOST_DIFFERENT = ("narrow", "dark")
all_looks = pytest.mark.skipif(not DEEP, reason="only with DEEP=yes")


def looks(*pairs: tuple[str, str]) -> list:
    """``pairs`` of size and colour scheme as parameters; all but one are skipped without
    ``DEEP``.
    """
    assert MOST_DIFFERENT in pairs
    return [
        pytest.param(*pair, marks=() if pair == MOST_DIFFERENT else all_looks) for pair in pairs
    ]


@pytest.fixture
def report(committed) -> Report:
    call_command("load_roles")
    report = dispatched(category=category("inna-sprawa"))
    # The address waits for a press in its mailbox.
    # One that a unit answers by the links in its letters.
    forward(dispatched(), Unit.objects.get(code="zgo"), by=None)
    follow(report, follower="a" * 64, email=FOLLOWER, consent=True)
    news(is_pinned=True)
    question()
    inquiry()
    return report


def words(report: Report) -> dict[str, str]:
    """What stands for the words in PUBLIC."""
    mailbox = ConsentEntry.hash_of(FOLLOWER)
    by_mail, until = Dispatch.objects.get(unit__code="zgo"), last_day_of_link()
    return {
        "reference": report.reference,
        "key": key_of(report.reference),
        "mailbox": mailbox,
        "mailbox_key": mailbox_key(mailbox),
        "unit_case": case_key(by_mail, until),
        "unit_list": list_key(by_mail.unit, until),
        "news": News.objects.get().code,
        "question": Question.objects.get().code,
        "inquiry": str(Inquiry.objects.get().secret),
    }


def faults(page: Page) -> list[str]:
    page.wait_for_load_state("networkidle")
    found = [rule["id"] for rule in Axe().run(page).response["violations"]]
    width, most, header = page.evaluate(
        """[document.documentElement.scrollWidth, innerWidth,
        document.querySelector('.site-header')?.offsetHeight ?? 0]"""
    )
    found += ["overflow"] if width > most else []
    found += ["header"] if header > HIGHEST_HEADER else []
    return found + (["box beside its first line"] if page.evaluate(STRAY_BOX) else [])


@pytest.mark.parametrize(("size", "scheme"), looks(*itertools.product(BARE, ["light", "dark"])))
def test_public_pages(visit, report, size, scheme):
    page = visit("/", size=SIZES[size], color_scheme=scheme)
    wrong = {}
    for path in PUBLIC:
        page.goto(path.format(**words(report)))
        if found := faults(page):
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize(("size", "scheme"), looks(*itertools.product(BARE, ["light", "dark"])))
def test_maps_with_streets(visit, report, town_in_force, size, scheme):
    page = visit("/", size=SIZES[size], color_scheme=scheme)
    wrong = {}
    for path in WITH_MAPS:
        page.goto(path)
        page.locator("[data-laid]").first.wait_for()
        page.locator(".has-tiles").first.wait_for()
        if found := faults(page):
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize(("size", "scheme"), looks(*itertools.product(BARE, ["light", "dark"])))
def test_pages_of_the_knowledge_base(visit, committed, size, scheme):
    publish_full_card(
        "KA-01238",
        steps=["Wejdź od podwórza.\n\n![](wejscie)", "Odbierz dowód."],
        illustrations=[("wejscie", "Wejście do urzędu od podwórza.", make_picture())],
    )
    make_card(number="KA-01239", withdrawn_at=timezone.now())
    page = visit("/", size=SIZES[size], color_scheme=scheme)
    wrong = {}
    for path in PROCEDURES:
        page.goto(path)
        if found := faults(page):
            wrong[path] = found
    assert wrong == {}


def test_the_page_of_the_sender_before_and_after_a_second_call(visit, report):
    change_status(report, Status.RESOLVED, note="Zrobione.")
    page = visit("/zgloszenia/{reference}/moje/{key}/".format(**words(report)))
    page.get_by_text("Nadal nie jest dobrze").first.click()
    assert faults(page) == []
    page.get_by_role("button", name="wyślij jednostce").click()
    page.get_by_text("Sprawa jest znowu otwarta.").wait_for()
    assert faults(page) == []


@all_looks
@pytest.mark.parametrize(
    ("language", "size", "scheme"), [("uk-UA", "narrow", "light"), ("en-GB", "zoomed", "dark")]
)
def test_public_pages_in_other_languages(visit, report, language, size, scheme):
    page = visit("/", size=SIZES[size], color_scheme=scheme, locale=language)
    wrong = {}
    for path in PUBLIC:
        page.goto(path.format(**words(report)))
        if found := faults(page):
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("size", "scheme"), looks(("narrow", "dark"), ("phone", "light"), ("desktop", "light"))
)
def test_staff_pages(visit, report, size, scheme, operator_account):
    page = visit("/konto/logowanie/", size=SIZES[size], color_scheme=scheme)
    page.get_by_label("Nazwa użytkownika lub e-mail").or_(page.locator("[name=login]")).first.fill(
        operator_account
    )
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się").click()
    page.wait_for_url("**/panel/operator/")
    desk = desk_of(User.objects.get(username=operator_account), Room.OPERATOR)
    act = next(one for one in ACTS if one.name == "change-status")
    answer = {"status": "in_progress", "note": "Zaczynamy."}
    bulk, waiting = (prepare(desk, act, [report.pk], values=answer, query="") for _each in "12")
    confirm(waiting)
    wrong = {}
    for path in STAFF:
        page.goto(path.format(reference=report.reference, bulk=bulk.pk, bulk_waiting=waiting.pk))
        if found := faults(page):
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("size", "scheme"), looks(("phone", "light"), ("desktop", "dark"), ("narrow", "dark"))
)
def test_pages_of_residents(visit, committed, size, scheme):
    call_command("load_roles")
    report = dispatched(owner=registered("maria"))
    page = logged_in(visit, "maria", SIZES[size], scheme)
    wrong = {}
    for path in RESIDENTS:
        page.goto(path.format(reference=report.reference))
        if found := faults(page):
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("size", "scheme"), looks(("narrow", "dark"), ("phone", "light"), ("desktop", "light"))
)
def test_pages_of_administrators(visit, committed, size, scheme):
    call_command("load_roles")
    person("adam", role=Role.ADMINISTRATOR)
    resident = registered("maria")
    off("map")
    planned = break_in(60)
    page = logged_in(visit, "adam", SIZES[size], scheme)
    wrong = {}
    sent = inquiry()
    for path in ADMINISTRATORS:
        page.goto(path.format(person=resident.pk, inquiry_key=sent.pk, planned=planned.pk))
        if found := faults(page):
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("size", "scheme"), looks(("narrow", "dark"), ("phone", "light"), ("desktop", "light"))
)
def test_pages_of_editors(visit, committed, size, scheme):
    call_command("load_roles")
    person("ewa", role=Role.EDITOR)
    written = news()
    page = logged_in(visit, "ewa", SIZES[size], scheme)
    wrong = {}
    for path in EDITORS:
        page.goto(path.format(news_key=written.pk))
        if found := faults(page):
            wrong[path] = found
    assert wrong == {}
    page.goto(f"/panel/redakcja/aktualnosci/{written.pk}/")
    page.get_by_role("button", name="Podgląd").click()
    page.get_by_role("heading", name="Podgląd").wait_for()
    assert faults(page) == []


@pytest.mark.parametrize(
    ("size", "scheme"), looks(("narrow", "dark"), ("phone", "light"), ("desktop", "light"))
)
def test_pages_of_units(visit, committed, size, scheme):
    call_command("load_roles")
    person("zenon", unit="zdit")
    report = dispatched()
    page = logged_in(visit, "zenon", SIZES[size], scheme)
    wrong = {}
    for path in UNITS:
        page.goto(path.format(reference=report.reference))
        if found := faults(page):
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("size", "scheme"), looks(("narrow", "dark"), ("phone", "light"), ("desktop", "light"))
)
def test_pages_of_the_admin(visit, committed, size, scheme):
    call_command("load_roles")
    adam = person("adam", role=Role.ADMINISTRATOR)
    unit = Unit.objects.get(code="zdit")
    page = logged_in(visit, "adam", SIZES[size], scheme)
    wrong = {}
    for path in ADMIN:
        page.goto(path.format(person=adam.pk, unit=unit.pk))
        if found := faults(page):
            wrong[path] = found
    assert wrong == {}


def logged_in(visit, name: str, size, scheme: str) -> Page:
    page = visit("/konto/logowanie/", size=size, color_scheme=scheme)
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się").click()
    page.wait_for_url(re.compile("/konto/zgloszenia/|/panel/"))
    return page


@pytest.fixture
def operator_account(committed) -> str:
    call_command("load_roles")
    person("olga", role=Role.OPERATOR)
    return "olga"


def test_an_operator_answers_and_the_resident_sees_it(visit, report, operator_account):
    page = visit(f"/panel/zgloszenia/{report.reference}/", size=SIZES["desktop"])
    page.locator("[name=login]").fill(operator_account)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się").click()
    page.get_by_label("Nowy status").select_option("resolved")
    page.get_by_label("Odpowiedź dla zgłaszającego").fill("Zrobione, dziękujemy.")
    expect(page.get_by_text("Nie wybrano pliku.")).to_be_visible()
    page.get_by_label("Zdjęcie po wykonaniu").set_input_files(
        {"name": "po.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    )
    expect(page.get_by_text("po.jpg")).to_be_visible()
    page.get_by_role("button", name="Zapisz odpowiedź").click()
    page.get_by_text("Zapisano.").wait_for()
    page.goto(f"/status/{report.reference}/")
    page.get_by_text("Zrobione, dziękujemy.").wait_for()
    report.refresh_from_db()
    assert report.status == Status.RESOLVED


@pytest.mark.parametrize(
    ("size", "scheme"), looks(("narrow", "dark"), ("phone", "light"), ("desktop", "light"))
)
def test_pages_of_the_room_of_cards(visit, committed, size, scheme):
    call_command("load_roles")
    key = card_with_everything(person("redaktorka", role=Role.EDITOR))
    page = logged_in(visit, "redaktorka", SIZES[size], scheme)
    wrong = {}
    for path in CARDS:
        page.goto(path.format(key=key))
        if found := faults(page):
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("size", "scheme"), looks(("narrow", "dark"), ("phone", "light"), ("desktop", "light"))
)
def test_pages_of_gis_staff(visit, committed, size, scheme):
    call_command("load_roles")
    person("gis", role=Role.GIS)
    # It is drawn by "gis", with a change, a gap and an overlap.
    call_command("load_demo_boundaries", verbosity=0)
    check_edition(Edition.objects.get(code=CODE), by=None)
    activate_edition(exchanged("scheduled"), at=timezone.now() + timedelta(days=3), by=None)
    page = logged_in(visit, "gis", SIZES[size], scheme)
    wrong = {}
    for path in GIS:
        page.goto(path)
        if found := faults(page):
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("size", "scheme"), looks(("narrow", "dark"), ("phone", "light"), ("desktop", "light"))
)
def test_a_token_is_made_after_the_password_is_given_again(visit, operator_account, size, scheme):
    page = logged_in(visit, operator_account, SIZES[size], scheme)
    page.goto("/konto/tokeny/")
    assert faults(page) == []
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Potwierdź").click()
    page.get_by_label("Gdzie go użyjesz").fill("QGIS w biurze")
    page.get_by_role("button", name="Utwórz token").click()
    expect(page.get_by_text("drugi raz go nie pokażemy")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Unieważnij").click()
    expect(page.get_by_text("unieważniony")).to_be_visible()
    assert faults(page) == []
