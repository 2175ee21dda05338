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
    """What a job made: the open files ``large`` and ``small``, what it ``found``, and the most
    memory that it had.
    """

    large: IO[bytes]
    small: IO[bytes]
    found: dict[str, Any]
    megabytes: int


def run_job(
    job: str,
    source: IO[bytes],
    *,
    while_waiting: Callable[[], object] = lambda: None,
    **arguments: object,
) -> Result:
    """Run ``job`` of ``decoding.jobs`` on the open file ``source``.

    Raises ``PhotoRefused`` if the file is no good, and what ``Children.run`` raises.
    """
    # They have no names, so they vanish with the result.
    large, small = TemporaryFile(), TemporaryFile()  # noqa: SIM115
    try:
        done = children.run(
            job,
            [source, large, small],
            limits=settings.PHOTO_CHILD_LIMITS,
            while_waiting=while_waiting,
            **arguments,
        )
    except ChildRefused as refusal:
        raise refusal_for(refusal.code) from refusal
    for made in (large, small):
        made.seek(0)
    return Result(large, small, done.found, done.megabytes)
