"""``manage.py load_demo_people``: creates people who can log in, the same on every machine."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.confirming import mark_email_confirmed
from accounts.consents import give
from accounts.models import ConsentEntry, Role, User
from regulations.models import Kind, Version
from units.models import Membership, Unit

_PASSWORD = "demo-lodz-2026"  # noqa: S105 - public on purpose; the command refuses production
_Purpose = ConsentEntry.Purpose
# User name, first name, last name, role, unit.
_PEOPLE = (
    ("mieszkanka", "Maria", "Zielińska", None, None),
    ("operator", "Olga", "Wrona", Role.OPERATOR, None),
    ("jednostka", "Zenon", "Drożdż", None, "zdit"),
    ("jednostka2", "Wanda", "Porządek", None, "wgk"),
    ("jednostka3", "Zuzanna", "Lipa", None, "zzm"),
    ("gis", "Gabriela", "Mapa", Role.GIS, None),
    ("gis2", "Grzegorz", "Siatka", Role.GIS, None),
    ("redaktorka", "Renata", "Pióro", Role.EDITOR, None),
    ("redaktorka2", "Róża", "Atrament", Role.EDITOR, None),
    ("administrator", "Adam", "Klucznik", Role.ADMINISTRATOR, None),
)


class Command(BaseCommand):
    help = "Create the people of the demonstration; those who exist stay as they are."

    def handle(self, **options) -> None:
        if settings.PORTAL_MODE not in ("demo", "test"):
            raise CommandError("Demo people exist only where PORTAL_MODE is demo or test.")
        with transaction.atomic():
            known = set(User.objects.values_list("username", flat=True))
            created = [_create_person(*person) for person in _PEOPLE if person[0] not in known]
        if options["verbosity"]:
            self.stdout.write(f"{len(created)} demo people created.")


def _create_person(
    username: str, first: str, last: str, role: str | None, unit: str | None
) -> User:
    """A person with a role (a group), a unit, both, or neither: a resident."""
    is_administrator = role == Role.ADMINISTRATOR
    user = User.objects.create_user(
        username,
        f"{username}@example.org",
        _PASSWORD,
        first_name=first,
        last_name=last,
        is_staff=is_administrator,
        is_superuser=is_administrator,
    )
    mark_email_confirmed(user)
    if role is None and unit is None:
        _give_consents(user)
    if role is not None:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    if unit is not None:
        Membership.objects.create(user=user, unit=Unit.objects.get(code=unit))
    return user


def _give_consents(user: User) -> None:
    """As if the resident had ticked the boxes of the form."""
    clause, rules = (Version.objects.in_force(kind) for kind in (Kind.CLAUSE, Kind.RULES))
    for purpose, version in ((_Purpose.ACCOUNT, clause), (_Purpose.RULES, rules)):
        give(purpose=purpose, email=user.email, version=version, how="registration")
    user.rules_accepted = rules
    user.save(update_fields=["rules_accepted"])
