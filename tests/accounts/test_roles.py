"""Roles are groups, made by a command that can run any number of times."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from accounts.models import Role


@pytest.mark.django_db
def test_every_role_has_its_group_once():
    call_command("load_roles")
    call_command("load_roles")
    names = list(Group.objects.values_list("name", flat=True))
    assert sorted(names) == sorted(Role.values)


@pytest.mark.django_db
def test_only_administrators_may_work_in_the_admin():
    for group in Group.objects.all():
        assert group.permissions.exists() == (group.name == Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("person", "staff", "operates"),
    [
        ("resident", False, False),
        ("unit_member", True, False),
        ("operator", True, True),
        ("gis", True, False),
        ("editor", True, False),
        ("administrator", True, True),
    ],
)
def test_what_a_role_means(request, person, staff, operates):
    user = request.getfixturevalue(person)
    assert (user.is_staff_member, user.is_operator) == (staff, operates)
