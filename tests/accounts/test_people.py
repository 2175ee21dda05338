"""The administrator's pages: find, block, unblock, delete, restore an address, reset the second
factor.
"""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.confirming import mark_email_confirmed
from accounts.models import AuditEntry, User
from tests.accounts.letters import letters_to, text_of
from tests.people import PASSWORD

PEOPLE = "/panel/konta/"


@pytest.fixture
def boss(client, administrator):
    client.force_login(administrator)
    return client


def logged_in(name: str) -> Client:
    browser = Client()
    browser.post("/konto/logowanie/", {"login": name, "password": PASSWORD})
    return browser


def actions(user: User) -> list[str]:
    return list(
        AuditEntry.objects.filter(target_id=str(user.pk))
        .order_by("pk")
        .values_list("action", flat=True)
    )


@pytest.mark.parametrize("words", ["maria", "MARIA", "mari", "maria@example.org", "rnaria"])
def test_searching(boss, resident, words):
    page = boss.get(PEOPLE, {"q": words})
    assert resident in list(page.context["page"])


@pytest.mark.parametrize("words", ["nobody", "\0", "%", "x" * 5000])
def test_searching_in_vain(boss, resident, words):
    page = boss.get(PEOPLE, {"q": words})
    assert page.status_code == (400 if words == "\0" else 200)
    assert "maria@example.org" not in page.text


def test_blocking_is_at_once_with_a_reason(boss, resident):
    browser = logged_in("maria")
    assert browser.get("/konto/").status_code == 200
    boss.post(f"{PEOPLE}{resident.pk}/blokada/", {"reason": "Zalew wulgaryzmów."})
    assert browser.get("/konto/").status_code == 302
    assert logged_in("maria").get("/konto/").status_code == 302
    assert "Zalew wulgaryzmów." in text_of(letters_to("maria@example.org")[0])
    assert "Zalew wulgaryzmów." in boss.get(f"{PEOPLE}{resident.pk}/").text
    assert actions(resident) == ["person_blocked"]


def test_without_a_reason_nothing_happens(boss, resident):
    answer = boss.post(f"{PEOPLE}{resident.pk}/blokada/", {"reason": "  "})
    assert answer.status_code == 400
    assert "Podaj powód" in answer.text
    resident.refresh_from_db()
    assert resident.is_active


def test_unblocking(boss, resident):
    boss.post(f"{PEOPLE}{resident.pk}/blokada/", {"reason": "Pomyłka."})
    boss.post(f"{PEOPLE}{resident.pk}/odblokowanie/")
    assert logged_in("maria").get("/konto/").status_code == 200
    resident.refresh_from_db()
    assert (resident.blocked_at, resident.blocked_reason) == (None, "")
    assert actions(resident) == ["person_blocked", "person_unblocked"]


def test_deleting_a_resident(boss, resident):
    boss.post(f"{PEOPLE}{resident.pk}/usuniecie/")
    assert not User.objects.filter(pk=resident.pk).exists()
    assert "usunął administrator" in text_of(letters_to("maria@example.org")[0])


def test_staff_are_blocked_never_deleted(boss, operator):
    answer = boss.post(f"{PEOPLE}{operator.pk}/usuniecie/")
    assert answer.status_code == 409
    assert User.objects.filter(pk=operator.pk).exists()
    assert actions(operator) == []


@pytest.mark.parametrize("act", ["blokada", "usuniecie", "drugi-skladnik"])
def test_nobody_acts_on_themselves(boss, administrator, act):
    answer = boss.post(f"{PEOPLE}{administrator.pk}/{act}/", {"reason": "x"})
    assert answer.status_code == 409
    administrator.refresh_from_db()
    assert administrator.is_active


def test_resetting_the_second_factor_logs_out_everywhere(boss, operator, unit_member):
    operators, others = logged_in("olga"), logged_in("zenon")
    for member in (operator, unit_member):
        Authenticator.objects.create(user=member, type="totp", data={})
    assert operators.get("/panel/operator/").status_code == 200
    boss.post(f"{PEOPLE}{operator.pk}/drugi-skladnik/")
    assert [factor.user for factor in Authenticator.objects.all()] == [unit_member]
    assert actions(operator) == ["second_factor_reset"]
    assert operators.get("/panel/operator/").status_code == 302
    assert others.get("/panel/jednostka/").status_code == 200
    assert logged_in("olga").get("/panel/operator/").status_code == 200


@pytest.mark.parametrize("act", ["", "blokada/", "odblokowanie/", "usuniecie/", "drugi-skladnik/"])
def test_somebody_who_is_gone(boss, act):
    method = boss.post if act else boss.get
    assert method(f"{PEOPLE}999999/{act}").status_code == 404


def test_an_address_that_a_stranger_changed_is_given_back(boss, resident):
    stranger = logged_in("maria")
    resident.email = "stranger@example.org"
    resident.save()
    mark_email_confirmed(resident)
    answer = boss.post(f"{PEOPLE}{resident.pk}/adres/", {"email": "maria@example.org"})
    assert answer.status_code == 302
    resident.refresh_from_db()
    assert resident.email == "maria@example.org"
    assert stranger.get("/konto/").status_code == 302
    assert not resident.has_usable_password()
    assert "/konto/haslo/nowe/" in text_of(letters_to("maria@example.org")[-1])
    assert actions(resident) == ["address_restored"]


def test_the_longest_address_is_restored_whole(boss, resident):
    longest = f"{'m' * 64}@{'.'.join(['a' * 63, 'b' * 63, 'c' * 58, 'pl'])}"
    boss.post(f"{PEOPLE}{resident.pk}/adres/", {"email": longest})
    resident.refresh_from_db()
    assert resident.email == longest
    assert len(longest) == 254


@pytest.mark.parametrize("email", ["", "nobody", "teresa@example.org", "łucja@example.org"])
def test_an_address_that_cannot_be_theirs_is_refused(boss, resident, other_resident, email):
    answer = boss.post(f"{PEOPLE}{resident.pk}/adres/", {"email": email})
    assert answer.status_code == 400
    resident.refresh_from_db()
    assert resident.email == "maria@example.org"
