"""The demo's people can log in, the same everywhere, and exist only in the demo."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Role, User
from units.models import Unit

pytestmark = pytest.mark.django_db


def test_everybody_can_log_in():
    call_command("load_demo_people", verbosity=0)
    call_command("load_demo_people", verbosity=0)
    assert User.objects.count() == 10
    assert all(user.check_password("demo-lodz-2026") for user in User.objects.all())


def test_roles_are_groups_and_the_unit_is_zdit():
    call_command("load_demo_people", verbosity=0)
    people = {user.username: user for user in User.objects.all()}
    assert people["operator"].roles == {Role.OPERATOR}
    assert people["mieszkanka"].roles == frozenset()
    assert [unit.code for unit in Unit.objects.of_member(people["jednostka"])] == ["zdit"]


def test_every_unit_that_takes_reports_is_read_by_somebody():
    """Otherwise its reports would be forwarded to nobody, or fail on the first day."""
    call_command("load_demo_people", verbosity=0)
    units = Unit.objects.filter(takes_reports=True, is_active=True, is_operator=False)
    assert units
    for unit in units:
        assert unit.has_active_members if unit.channel == "panel" else unit.email, unit


def test_production_refuses(settings):
    settings.PORTAL_MODE = "production"
    with pytest.raises(CommandError):
        call_command("load_demo_people", verbosity=0)
    assert not User.objects.exists()
