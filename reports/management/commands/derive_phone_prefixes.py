"""``manage.py derive_phone_prefixes``: for developers; the package it asks is not on servers."""

import json

from django.core.management.base import BaseCommand
from phonenumbers import PhoneNumber, PhoneNumberType, number_type

from reports.intake.personal_data import PREFIXES_FILE

_POLAND = 48
# The networks of the army and of the police: numbers of offices, nobody's own.
_OF_OFFICES = {"26", "47"}


def derive_prefixes() -> dict[str, list[str]]:
    """The first two digits of Polish numbers that may be somebody's own: ``mobile``, and ``area``
    (area codes, and 39 for numbers of the internet).

    Information lines (70, 80), pagers (64) and the numbers of machines (21) are left out.
    """
    prefixes: dict[str, list[str]] = {"area": [], "mobile": []}
    for prefix in map(str, range(10, 100)):
        kinds = {
            number_type(PhoneNumber(_POLAND, int(f"{prefix}{third}234567"))) for third in "23456789"
        }
        if kinds == {PhoneNumberType.MOBILE}:
            prefixes["mobile"].append(prefix)
        elif kinds <= {PhoneNumberType.FIXED_LINE, PhoneNumberType.VOIP}:
            prefixes["area"].append(prefix)
    prefixes["area"] = [prefix for prefix in prefixes["area"] if prefix not in _OF_OFFICES]
    return prefixes


class Command(BaseCommand):
    help = "Write the table of Polish phone prefixes anew from the phonenumbers package."

    def handle(self, *args: object, **options: object) -> None:
        lines = [f'  "{kind}": {json.dumps(two)}' for kind, two in derive_prefixes().items()]
        PREFIXES_FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n")
        self.stdout.write(f"{PREFIXES_FILE.name}: {PREFIXES_FILE.stat().st_size} B")
