"""The people in the tests, as fixtures."""

import pytest
from django.contrib.auth.models import Group

from accounts.confirming import mark_email_confirmed
from accounts.models import Role, User
from regulations.models import Kind, Version
from units.models import Membership, Unit

PASSWORD = "correct horse battery"


def person(name: str, *, role: str | None = None, unit: str | None = None) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", PASSWORD)
    mark_email_confirmed(user)
    if role:
        user.groups.add(Group.objects.get(name=role))
    if unit:
        Membership.objects.create(user=user, unit=Unit.objects.get(code=unit))
    return user


def registered(name: str) -> User:
    """A resident who confirmed the address and accepted the rules."""
    user = person(name)
    user.rules_accepted = Version.objects.in_force(Kind.RULES)
    user.save()
    return user


@pytest.fixture
def resident(db) -> User:
    return registered("maria")


@pytest.fixture
def other_resident(db) -> User:
    return registered("teresa")


@pytest.fixture
def operator(db) -> User:
    return person("olga", role=Role.OPERATOR)


@pytest.fixture
def unit_member(db) -> User:
    """Works in ZDiT, which mends carriageways."""
    return person("zenon", unit="zdit")


@pytest.fixture
def other_unit_member(db) -> User:
    """Works in WGK, which has nothing to do with carriageways."""
    return person("wanda", unit="wgk")


@pytest.fixture
def gis(db) -> User:
    return person("gabriel", role=Role.GIS)


@pytest.fixture
def editor(db) -> User:
    return person("ewa", role=Role.EDITOR)


@pytest.fixture
def administrator(db) -> User:
    return person("adam", role=Role.ADMINISTRATOR)
