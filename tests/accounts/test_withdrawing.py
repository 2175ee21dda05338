"""The ledger books a withdrawal to the text that was agreed to, not to the one in force now."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ConsentEntry
from regulations.models import Kind, Version
from tests.accounts.letters import letters_to, path_in
from tests.accounts.test_registration import CONFIRM, confirm, register
from tests.factories import submitted
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
KASIA = "kasia@example.org"


def publish(kind: str = Kind.CLAUSE) -> Version:
    """A version that is in force from now on."""
    now = timezone.now()
    values = {"title": "Tekst", "body": "Nowy tekst", "published_at": now, "in_force_from": now}
    return Version.objects.create(kind=kind, number="9.0", **values)


def lines(email: str = KASIA, **chosen) -> list[tuple[str, str, str, str]]:
    """The ledger about ``email``: purpose, act, number of the version, report."""
    rows = ConsentEntry.objects.filter(subject_hash=ConsentEntry.hash_of(email), **chosen)
    fields = ("purpose", "act", "version__number", "subject_reference")
    return list(rows.order_by("pk").values_list(*fields))


@pytest.fixture
def first() -> str:
    """The number of the clause that is in force before ``publish``."""
    return Version.objects.in_force(Kind.CLAUSE).number


@pytest.fixture
def first_rules() -> str:
    """The number of the rules that are in force before ``publish``."""
    return Version.objects.in_force(Kind.RULES).number


@pytest.fixture
def kasia(first) -> Client:
    """A browser in which a resident registered, with the newsletter."""
    client = Client()
    register(client, newsletter="on")
    confirm(client)
    return client


def test_letters_about_a_report(client, first):
    older = submitted(email=KASIA, consent=True).reference
    publish()
    newer = submitted(email=KASIA, consent=True).reference
    for letter in letters_to(KASIA):
        client.post(path_in(letter, "/zgloszenia/" + older + "/wypis/"))
        break
    assert lines()[-1] == ("report_letters", "withdrawn", first, older)
    client.post(path_in(letters_to(KASIA)[-1], "/zgloszenia/" + newer + "/wypis/"))
    assert lines() == [
        ("report_letters", "given", first, older),
        ("report_letters", "given", "9.0", newer),
        ("report_letters", "withdrawn", first, older),
        ("report_letters", "withdrawn", "9.0", newer),
    ]


def test_the_newsletter(kasia, first):
    clause = publish()
    said = {"1": "będziesz dostawać biuletyn", "0": "biuletynu już nie wyślemy"}
    for wanted in ("0", "1", "0"):
        choice = {"wanted": wanted, "version": clause.pk}
        page = kasia.post("/konto/zgody/biuletyn/", choice, follow=True).text
        assert [words for words in said.values() if words in page] == [said[wanted]]
    assert [line[1:3] for line in lines(purpose="newsletter")] == [
        ("given", first),
        ("withdrawn", first),
        ("given", "9.0"),
        ("withdrawn", "9.0"),
    ]


def test_closing_the_account(kasia, first, first_rules):
    report = submitted(email=KASIA, consent=True).reference
    publish(), publish(Kind.RULES)
    kasia.post("/konto/zamkniecie/", {"password": PASSWORD})
    consents = {
        ("account", first, ""),
        ("rules", first_rules, ""),
        ("newsletter", first, ""),
        ("report_letters", first, report),
    }
    for act in ("given", "withdrawn"):
        assert {(one[0], *one[2:]) for one in lines(act=act)} == consents, act


def test_another_address(kasia, first, first_rules):
    publish()
    kasia.post("/konto/potwierdzenie/", {"password": PASSWORD})
    kasia.post("/konto/adres/", {"email": "nowa@example.org", "action_add": ""})
    kasia.post(path_in(letters_to("nowa@example.org")[0], CONFIRM))
    consents = {("account", first), ("rules", first_rules), ("newsletter", first)}
    assert {(one[0], one[2]) for one in lines(act="withdrawn")} == consents
    carried = lines("nowa@example.org")
    assert {(one[0], one[2]) for one in carried} == consents
    assert {one[1] for one in carried} == {"given"}
