"""Has photos decoded in child processes, see ``reports.photos.decoding``."""

import atexit
import json
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings

from .errors import refusal_for

# An answer has at most so many bytes.
_LONGEST_ANSWER = 256 * 1024
# Seconds beyond its own limit after which the parent of the children counts as stuck.
PATIENCE = 30
# What the parent of the children gets of our environment: nothing that is secret.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV")


class ChildDied(Exception):
    """The child crashed, or met one of its limits. ``how`` says so in a word or two."""

    def __init__(self, how: str) -> None:
        self.how = how
        super().__init__(how)


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

    ``while_waiting`` is called several times within a lease. Raises ``PhotoRefused`` if the file is
    no good, ``ChildDied``, and ``OSError`` if the machine is at fault.
    """
    # They have no names, so they vanish with the result.
    large, small = TemporaryFile(), TemporaryFile()  # noqa: SIM115
    request = {"job": job, "arguments": arguments, "limits": settings.PHOTO_CHILD_LIMITS}
    files = [source.fileno(), large.fileno(), small.fileno()]
    answer = _parent().ask(json.dumps(request).encode(), files, while_waiting)
    if "refused" in answer:
        raise refusal_for(answer["refused"])
    if "failed" in answer:
        raise OSError(answer["failed"], os.strerror(answer["failed"]))
    if "died" in answer:
        raise ChildDied(answer["died"])
    for made in (large, small):
        made.seek(0)
    return Result(large, small, answer["done"], answer["megabytes"])


class _Parent:
    """The process that forks the children of this one, and the socket to it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._turn = threading.Lock()
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "reports.photos.decoding"],
                stdin=theirs.fileno(),
                cwd=settings.BASE_DIR,
                # Libraries that would start threads before the fork.
                env=environment | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            )

    @property
    def is_usable(self) -> bool:
        """Whether it runs and is ours: a process that forks must not share it with its parent."""
        return self.owner == os.getpid() and self._process.poll() is None

    def ask(
        self, request: bytes, files: list[int], while_waiting: Callable[[], object]
    ) -> dict[str, Any]:
        """The answer to ``request``. Whatever fails here ends the parent with its child, so that a
        late answer is never taken for that to the next request.
        """
        with self._turn:
            try:
                socket.send_fds(self._socket, [request], files)
                self._wait(while_waiting)
                answer = self._socket.recv(_LONGEST_ANSWER)
            except BaseException:
                self.end()
                raise
        if not answer:
            self.end()
            raise ConnectionResetError("the parent of the children ended")
        return json.loads(answer)

    def _wait(self, while_waiting: Callable[[], object]) -> None:
        pause = settings.LEASE_SECONDS / 4
        left: float = settings.PHOTO_CHILD_LIMITS["wall"] + PATIENCE
        while not select.select([self._socket], [], [], min(pause, left))[0]:
            left -= pause
            if left <= 0:
                raise TimeoutError("the parent of the children is stuck")
            while_waiting()

    def end(self) -> None:
        """Close our end; the parent then ends its child and itself."""
        self._socket.close()
        if self.owner != os.getpid():
            return
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


_started: list[_Parent] = []
_start = threading.Lock()


def _parent() -> _Parent:
    with _start:
        if not (_started and _started[-1].is_usable):
            _started[:] = [_Parent()]
        return _started[-1]


@atexit.register
def end_parent() -> None:
    """End the parent of our children, if there is one. The next job starts another."""
    while _started:
        _started.pop().end()
