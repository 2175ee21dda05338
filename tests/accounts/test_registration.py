"""Registering: requirements, consents, one account for each person, and strangers learn nothing."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.confirming import erase_unconfirmed
from accounts.models import ConsentEntry, Registration, User
from outbox.models import Letter
from regulations.models import Kind, Version
from tests.accounts.letters import letters_to, path_in, text_of
from tests.people import PASSWORD

SIGNUP, CHECK = "/konto/rejestracja/", "/konto/rejestracja/haslo/"
SENT = "/konto/rejestracja/list/"
CONFIRM = "/konto/rejestracja/adres/"


def shown_texts() -> str:
    """The hidden field that says which versions the form showed."""
    clause, rules = (Version.objects.in_force(kind) for kind in (Kind.CLAUSE, Kind.RULES))
    return f"{clause.pk} {rules.pk}"


def values(**changes) -> dict[str, str]:
    chosen = {
        "username": "kasia",
        "email": "kasia@example.org",
        "password1": PASSWORD,
        "processing": "on",
        "rules": "on",
        "texts": shown_texts(),
    }
    return {name: value for name, value in (chosen | changes).items() if value is not None}


def register(client, **changes):
    return client.post(SIGNUP, values(**changes))


def confirm(client, address: str = "kasia@example.org"):
    return client.post(path_in(letters_to(address)[-1], CONFIRM))


@pytest.mark.django_db
def test_the_boxes_are_not_ticked_and_name_their_versions(client):
    page = client.get(SIGNUP).text
    assert "checked" not in page
    for kind, place in ((Kind.CLAUSE, "klauzula-informacyjna"), (Kind.RULES, "regulamin")):
        assert f"/{place}/{Version.objects.in_force(kind).number}/" in page


@pytest.mark.django_db
def test_the_requirements_come_from_the_validators(client, settings):
    settings.AUTH_PASSWORD_VALIDATORS = [
        {
            "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
            "OPTIONS": {"min_length": 31},
        }
    ]
    assert "31" in client.get(SIGNUP).text
    answer = client.post(CHECK, {"password1": "x" * 30}).json()
    assert answer == {"requirements": [False]}
    assert client.post(CHECK, {"password1": "x" * 31}).json() == {"requirements": [True]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "met"),
    [
        ("", [None] * 4),
        ("short", [False, True, True, True]),
        ("123456789012345", [True, False, True, True]),
        ("kasia@example.org", [True, True, True, False]),
        (PASSWORD, [True] * 4),
    ],
)
def test_each_requirement_is_judged_while_typing(client, password, met):
    typed = {"password1": password, "username": "kasia", "email": "kasia@example.org"}
    assert client.post(CHECK, typed).json() == {"requirements": met}


def test_who_is_logged_in_is_judged_by_their_own_name(client, resident):
    client.force_login(resident)
    answer = client.post(CHECK, {"password1": "maria@example.org"}).json()
    assert answer == {"requirements": [True, True, True, False]}
    for page in ("/konto/haslo/zmiana/", SIGNUP):
        if (answer := client.get(page)).status_code == 200:
            assert answer.text.count("data-requirement>") == 4


@pytest.mark.django_db
def test_registering_confirming_and_being_logged_in(client):
    assert register(client)["Location"] == SENT
    assert client.get("/konto/").status_code == 302
    assert confirm(client)["Location"] == "/konto/zgloszenia/"
    assert client.get("/konto/").status_code == 200
    user = User.objects.get(username="kasia")
    assert user.rules_accepted == Version.objects.in_force(Kind.RULES)
    assert not Registration.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("newsletter", [None, "on"])
def test_the_ledger_says_what_was_agreed_to_once_it_is_confirmed(client, newsletter):
    register(client, newsletter=newsletter)
    assert not ConsentEntry.objects.exists()
    confirm(client)
    given = set(ConsentEntry.objects.values_list("purpose", "version__kind", "how"))
    expected = {("account", Kind.CLAUSE, "registration"), ("rules", Kind.RULES, "registration")}
    if newsletter:
        expected.add(("newsletter", Kind.CLAUSE, "registration"))
    assert given == expected
    assert User.objects.get().newsletter is bool(newsletter)


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["username", "email", "password1", "processing", "rules"])
def test_what_is_missing_is_said_by_its_field(client, missing):
    answer = register(client, **{missing: None})
    assert answer.status_code == 400
    assert missing in answer.context["form"].errors
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "a b"),
        ("username", "administrator"),
        ("username", "x" * 400),
        ("email", "nobody"),
        ("email", "łucja@example.org"),
        ("email", "a@" + "b" * 300 + ".pl"),
        ("password1", "short"),
        ("password1", "kasia"),
    ],
)
def test_what_is_wrong_is_said_by_its_field(client, field, value):
    answer = register(client, **{field: value})
    assert answer.status_code == 400
    assert field in answer.context["form"].errors


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Maria", "rnaria", "ｍａｒｉａ"])
def test_a_name_like_somebody_elses_is_refused(client, resident, name):
    answer = register(client, username=name)
    assert "username" in answer.context["form"].errors


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["maria@example.org", "MARIA@example.org"])
def test_an_address_that_is_known_gets_a_letter_the_form_the_usual_answer(
    client, resident, address
):
    answer = register(client, email=address)
    unknown = register(Client(), username="zofia", email="zofia@example.org")
    assert (answer.status_code, answer["Location"]) == (unknown.status_code, unknown["Location"])
    assert answer.cookies.keys() == unknown.cookies.keys()
    assert User.objects.get(username="kasia").email == ""
    assert "Masz już konto" in text_of(letters_to("maria@example.org")[0])


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["maria@example.org", "nobody@example.org"])
def test_a_forgotten_password_tells_nothing(client, resident, address):
    answer = client.post("/konto/haslo/", {"email": address})
    assert (answer.status_code, answer["Location"]) == (302, "/konto/haslo/wyslane/")
    assert Letter.objects.get().recipients == [address]


@pytest.mark.django_db
def test_a_scanner_that_opens_the_link_confirms_nothing(client):
    register(client)
    path = path_in(letters_to("kasia@example.org")[0], CONFIRM)
    scanner = Client()
    for _time in range(3):
        assert scanner.get(path).status_code == 200
        assert scanner.head(path).status_code == 200
    assert Registration.objects.exists()
    assert confirm(client).status_code == 302


@pytest.mark.django_db
def test_in_another_browser_the_link_confirms_and_logs_nobody_in(client):
    register(client)
    other = Client()
    assert confirm(other)["Location"] == "/konto/logowanie/"
    assert other.get("/konto/").status_code == 302
    assert not Registration.objects.exists()


@pytest.mark.django_db
def test_a_link_works_once(client):
    register(client)
    path = path_in(letters_to("kasia@example.org")[0], CONFIRM)
    Client().post(path)
    again = Client().post(path, follow=True)
    assert again.status_code == 200
    assert "już nie działa" in again.text
    assert ConsentEntry.objects.filter(purpose="account").count() == 1


@pytest.mark.django_db
def test_an_account_that_nobody_confirms_goes(client):
    register(client)
    path = path_in(letters_to("kasia@example.org")[0], CONFIRM)
    Registration.objects.update(at=timezone.now() - timedelta(days=4))
    assert erase_unconfirmed() == 1
    assert "już nie działa" in client.get(path).text
    assert not User.objects.exists()
    assert register(Client())["Location"] == SENT


@pytest.mark.django_db
def test_nobody_can_squat_on_an_address(client):
    register(Client(), username="squatter")
    assert register(client)["Location"] == SENT
    assert [user.username for user in User.objects.all()] == ["kasia"]
    assert len(letters_to("kasia@example.org")) >= 1


@pytest.mark.django_db
def test_an_unconfirmed_account_cannot_log_in(client):
    register(client)
    answer = Client().post("/konto/logowanie/", {"login": "kasia", "password": PASSWORD})
    assert answer["Location"] == SENT


def test_registrations_at_the_same_instant_make_one_account(committed, settings):
    """Twelve people register at once, with names that look alike, half of them with one address."""
    settings.RATE_LIMITS_ENABLED = False
    settings.ACCOUNT_RATE_LIMITS = False
    names = ["kasia", "KASIA", "kas1a", "kasla", "Kasia", "kаsiа"] * 2
    begin, answers = threading.Barrier(len(names)), []

    def press(number: int, name: str) -> None:
        begin.wait()
        address = "kasia@example.org" if number % 2 else f"k{number}@example.org"
        answers.append(register(Client(), username=name, email=address).status_code)
        connection.close()

    threads = [threading.Thread(target=press, args=pair) for pair in enumerate(names)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert User.objects.count() == 1
    assert set(answers) <= {302, 400}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["maria@example.org", "nobody@example.org"])
def test_the_name_does_not_tell_whether_the_address_was_known(client, resident, address):
    register(client, username="probe", email=address)
    second = register(Client(), username="probe", email="x@example.org", rules=None)
    assert "username" in second.context["form"].errors
    log_in = Client().post("/konto/logowanie/", {"login": "probe", "password": PASSWORD})
    assert (log_in.status_code, log_in["Location"]) == (302, SENT)
    assert "example.org" not in Client().get(SENT).text


@pytest.mark.django_db
def test_nobody_agrees_to_a_version_that_the_page_did_not_show(client):
    answer = register(client, texts="1 2")
    assert answer.status_code == 400
    assert "właśnie się zmieniły" in answer.text
    assert "checked" not in answer.text
    assert not User.objects.exists()
