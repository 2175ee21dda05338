"""The shape of a subcommand, and what several of them ask for."""

from argparse import ArgumentParser
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

from districts.models import Edition, Layer


@dataclass(frozen=True, slots=True)
class Subcommand:
    """``run`` gets the options, yields lines to print and returns the exit code (None: 0). What it
    refuses is a ``PortalError`` or a ``CommandError``; the exit code is then 1. Unless
    ``only_reads``, nothing is kept without ``--apply``.
    """

    name: str
    help: str
    add_arguments: Callable[[ArgumentParser], object]
    run: Callable[[dict[str, Any]], Generator[str, None, int | None]]
    only_reads: bool = False


def find_edition(code: str) -> Edition:
    try:
        return Edition.objects.with_state().get(code=code)
    except Edition.DoesNotExist as unknown:
        raise CommandError(f"no edition {code!r}") from unknown


def find_layer(code: str) -> Layer:
    try:
        return Layer.objects.get(pk=code)
    except Layer.DoesNotExist as unknown:
        known = ", ".join(Layer.objects.values_list("pk", flat=True))
        raise CommandError(f"no layer {code!r}; there are: {known}") from unknown


def add_by(parser: ArgumentParser) -> None:
    parser.add_argument("--by", required=True, metavar="USERNAME", help="who does it: GIS staff")


def find_person(username: str):
    """Of the GIS staff: a command opens no other way than the room does."""
    person = get_user_model().objects.filter(username=username, is_active=True).first()
    if person is None or not person.is_gis:
        raise CommandError(f"{username!r} is not of the GIS staff")
    return person
