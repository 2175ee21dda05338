"""Names and addresses that a reader takes for the same count as the same."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.identity import check_email, check_username, email_key, username_key
from accounts.models import User
from tests.people import person


@pytest.mark.parametrize(
    "other",
    [
        "MARIA",
        " maria ",
        "Maria",
        "mаriа",  # Cyrillic а
        "ｍａｒｉａ",  # full width
        "rnaria",
        "mar1a",
        "marla",
        "𝐦𝐚𝐫𝐢𝐚",
    ],
)
def test_a_name_that_looks_the_same_has_the_same_key(other):
    assert username_key(other) == username_key("maria")


@pytest.mark.parametrize("other", ["mario", "marja", "mariia", "maría"])
def test_a_name_that_looks_different_has_another(other):
    assert username_key(other) != username_key("maria")


@pytest.mark.parametrize("other", ["MARIA@Example.org", "ｍaria@example.org", "maria@EXAMPLE.ORG "])
def test_spellings_of_one_mailbox_have_one_key(other):
    assert email_key(other) == email_key("maria@example.org")


def test_a_domain_has_one_key_in_letters_and_in_ascii():
    assert email_key("m@łódź.pl") == email_key("m@xn--d-uga0v4h.pl") != email_key("m@lodz.pl")


@pytest.mark.parametrize("name", ["ola", "Łucja.Żak", "jan-kowalski_1", "Марія", "x" * 30])
def test_names_that_are_taken(name):
    check_username(name)


@pytest.mark.parametrize(
    "name",
    [
        "ab",
        "x" * 31,
        "maria@example.org",
        "jan kowalski",
        ".jan",
        "jan_",
        "mаria",
        "Administrator",
        "0perator",
        "аdmin",
        "<b>",
        "a\0b",
        "a\u202eb",
    ],
)
def test_names_that_are_refused(name):
    with pytest.raises(ValidationError):
        check_username(name)


@pytest.mark.parametrize(
    "name",
    [
        "ŁCKzM",
        "lckzm",
        "LCKzM_pomoc",
        "Ł.C.K.z.M",
        "łckm",
        "Umł",
        "URZĄD",
        "urzad.miasta.lodzi",
        "Urząd-Miasta",
        "adm\N{ZERO WIDTH SPACE}інистратор",
        "адміністратор",
        "Адміністратор",
        "администратор",
        "ａｄｍｉｎ",
        "admin1",
        "admin_2",
        "jan.admin",
        "аdmin",
        "administrátor",
        "0perator",
        "оператор",
        "𝐚𝐝𝐦𝐢𝐧",
        "moderat0r",
        "Łódź",
    ],
)
def test_names_that_read_like_the_office_are_refused(name):
    with pytest.raises(ValidationError):
        check_username(name)


@pytest.mark.parametrize(
    "name", ["administracja_bloku", "jan.lodz", "portalowy", "umlaut", "Олена"]
)
def test_names_that_only_begin_like_the_office_are_taken(name):
    check_username(name)


@pytest.mark.parametrize(
    "address", ["m@exаmple.org", "m@аре.com", "łucja@example.org", "m@", "m@a_b.pl"]
)
def test_addresses_that_are_refused(address):
    with pytest.raises(ValidationError):
        check_email(address)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "address"), [("rnaria", "x@example.org"), ("xenia", "MARIA@example.org")]
)
def test_the_database_refuses_a_second_one(resident, name, address):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(name, address)


@pytest.mark.django_db
def test_saving_one_field_keeps_the_keys_true(resident):
    resident.email = "New@Example.org"
    resident.save(update_fields=["email"])
    resident.refresh_from_db()
    assert resident.email_key == "new@example.org"


@pytest.mark.django_db
def test_staff_without_an_address_are_many():
    first, second = User(username="sofia"), User(username="zofia")
    first.save()
    second.save()
    assert first.email_key is second.email_key is None


@pytest.mark.django_db
def test_the_admin_says_whose_name_is_too_near(resident):
    with pytest.raises(ValidationError) as refused:
        User(username="rnaria", email="maria@EXAMPLE.org", password="x").clean()
    assert set(refused.value.message_dict) == {"username", "email"}
    person("zofia").clean()
