"""Has files of boundaries opened in child processes, see ``districts.editions.opening``."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from django.conf import settings

from owed.children import Children

children = Children("districts.editions.opening")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a job ``found``, the open file of its ``lines`` (JSON), and the most memory it had."""

    found: dict[str, Any]
    lines: IO[bytes]
    megabytes: int

    def rows(self) -> Iterator[dict[str, Any]]:
        self.lines.seek(0)
        return (json.loads(line) for line in self.lines)


def run_job(
    job: str,
    source: IO[bytes],
    *,
    while_waiting: Callable[[], object] = lambda: None,
    **arguments: object,
) -> Opened:
    """Run ``job`` of ``opening.jobs`` on the open file ``source``. Raises as ``Children.run``."""
    target = TemporaryFile()  # noqa: SIM115 - it has no name, so it vanishes with the result
    folder = Path(settings.EDITION_UPLOAD_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The child unpacks into it; whatever becomes of the child, we take it away.
    with TemporaryDirectory(prefix="open-", dir=folder) as work:
        done = children.run(
            job,
            [source, target],
            limits=settings.EDITION_CHILD_LIMITS,
            while_waiting=while_waiting,
            folder=work,
            **arguments,
        )
    return Opened(done.found, target, done.megabytes)
