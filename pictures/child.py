"""Has photos decoded in child processes, see ``pictures.decoding``."""

from collections.abc import Callable
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings

from owed.children import ChildRefused, Children

from .errors import refusal_for

children = Children("pictures.decoding")


@dataclass(frozen=True, slots=True)
class Result:
    """What a job made: open ``files`` that have no names, so that they vanish with it; what it
    ``found``; and the most memory that it had, in ``megabytes``.
    """

    files: list[IO[bytes]]
    found: dict[str, Any]
    megabytes: int


def run_job(
    job: str,
    source: IO[bytes],
    *,
    makes: int,
    while_waiting: Callable[[], object] = lambda: None,
    **arguments: object,
) -> Result:
    """Run ``job`` of ``decoding.jobs``, which ``makes`` so many files, on the open file ``source``.

    Raises ``PhotoRefused`` if the file is no good, and what ``Children.run`` raises.
    """
    files: list[IO[bytes]] = [TemporaryFile() for _number in range(makes)]  # noqa: SIM115
    try:
        done = children.run(
            job,
            [source, *files],
            limits=settings.PHOTO_CHILD_LIMITS,
            while_waiting=while_waiting,
            **arguments,
        )
    except ChildRefused as refusal:
        raise refusal_for(refusal.code) from refusal
    for made in files:
        made.seek(0)
    return Result(files, done.found, done.megabytes)
