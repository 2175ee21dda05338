"""What is decided about an edition as a whole, from the command line."""

from argparse import ArgumentParser
from collections.abc import Generator
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from districts.editions.activating import activate_edition, edition_before, return_to_previous
from districts.editions.approving import approve_edition, withdraw_edition
from districts.models import Edition

from .subcommand import Subcommand, add_by, find_edition, find_layer, find_person


def _about_edition(parser: ArgumentParser) -> None:
    parser.add_argument("code", help="of the edition")
    add_by(parser)


def _add_activate(parser: ArgumentParser) -> None:
    _about_edition(parser)
    parser.add_argument("--at", help="ISO date and time, in Łódź unless it names a zone")


def _add_return(parser: ArgumentParser) -> None:
    parser.add_argument("layer", help="code of the layer that returns to its edition before")
    add_by(parser)


def _list(options: dict[str, Any]) -> Generator[str, None, None]:
    for row in Edition.objects.with_state().order_by("layer", "created_at"):
        starts = f"{timezone.localtime(row.starts_at):%Y-%m-%d %H:%M}" if row.starts_at else "-"
        yield f"{row.layer_id}\t{row.code}\t{row.state}\t{starts}"


def _approve(options: dict[str, Any]) -> Generator[str, None, None]:
    edition = approve_edition(find_edition(options["code"]), by=find_person(options["by"]))
    yield f"{edition.code}: approved"


def _activate(options: dict[str, Any]) -> Generator[str, None, None]:
    edition, at = find_edition(options["code"]), _instant(options["at"])
    row = activate_edition(edition, by=find_person(options["by"]), at=at)
    yield f"{edition.code}: in force from {timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}"


def _return(options: dict[str, Any]) -> Generator[str, None, None]:
    layer = find_layer(options["layer"])
    before = edition_before(layer.pk)
    return_to_previous(layer, by=find_person(options["by"]))
    yield f"{layer.pk}: {before} is in force again"


def _withdraw(options: dict[str, Any]) -> Generator[str, None, None]:
    edition = withdraw_edition(find_edition(options["code"]), by=find_person(options["by"]))
    yield f"{edition.code}: withdrawn"


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"no date and time: {text!r}; write 2027-01-01T00:00")
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


LIST = Subcommand("list", "All editions, by layer", lambda _parser: None, _list, only_reads=True)
APPROVE = Subcommand("approve", "Approve a checked draft", _about_edition, _approve)
ACTIVATE = Subcommand("activate", "Bring an approved edition into force", _add_activate, _activate)
RETURN = Subcommand("return", "Bring the edition before into force again", _add_return, _return)
WITHDRAW = Subcommand(
    "withdraw", "Put away an edition that was never in force", _about_edition, _withdraw
)
