"""Has files of others opened in child processes, see ``owed.forking``."""

import atexit
import json
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings

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


class ChildRefused(Exception):
    """The child found the file no good, see ``owed.forking.Refusal``."""

    def __init__(self, code: str, details: dict[str, Any]) -> None:
        self.code, self.details = code, details
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Done:
    """What a job ``found`` (JSON), and the most memory that its child had."""

    found: dict[str, Any]
    megabytes: int


class Children:
    """The children of this process for one kind of file. ``module`` is what ``python -m`` runs as
    their parent: it calls ``owed.forking.serve``.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._parent: _Parent | None = None
        self._start = threading.Lock()
        atexit.register(self.end)

    def run(
        self,
        job: str,
        files: list[IO[bytes]],
        *,
        limits: Mapping[str, float],
        while_waiting: Callable[[], object] = lambda: None,
        **arguments: object,
    ) -> Done:
        """Run ``job``, which reads the first of the open ``files`` and writes the others.

        ``while_waiting`` is called several times within a lease. Raises ``ChildRefused``,
        ``ChildDied``, and ``OSError`` if the machine is at fault.
        """
        request = {"job": job, "arguments": arguments, "limits": dict(limits)}
        numbers = [file.fileno() for file in files]
        answer = self._usable_parent().ask(request, numbers, while_waiting)
        if "refused" in answer:
            raise ChildRefused(answer["refused"], answer["details"])
        if "failed" in answer:
            raise OSError(answer["failed"], os.strerror(answer["failed"]))
        if "died" in answer:
            raise ChildDied(answer["died"])
        return Done(answer["done"], answer["megabytes"])

    def end(self) -> None:
        """End the parent of the children, if there is one. The next job starts another."""
        if self._parent is not None:
            self._parent.end()
            self._parent = None

    @property
    def pid(self) -> int | None:
        """Of the parent of the children, if there is one."""
        return self._parent.process.pid if self._parent else None

    def _usable_parent(self) -> "_Parent":
        with self._start:
            if self._parent is None or not self._parent.is_usable:
                self._parent = _Parent(self._module)
            return self._parent


class _Parent:
    """The process that forks the children of this one, and the socket to it."""

    def __init__(self, module: str) -> None:
        self.owner = os.getpid()
        self._turn = threading.Lock()
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - the module is named in our code
                [sys.executable, "-m", module],
                stdin=theirs.fileno(),
                cwd=settings.BASE_DIR,
                # Libraries that would start threads before the fork.
                env=environment | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            )

    @property
    def is_usable(self) -> bool:
        """Whether it runs and is ours: a process that forks must not share it with its parent."""
        return self.owner == os.getpid() and self.process.poll() is None

    def ask(
        self, request: dict[str, Any], files: list[int], while_waiting: Callable[[], object]
    ) -> dict[str, Any]:
        """The answer to ``request``. Whatever fails here ends the parent with its child, so that a
        late answer is never taken for that to the next request.
        """
        with self._turn:
            try:
                socket.send_fds(self._socket, [json.dumps(request).encode()], files)
                self._wait(request["limits"]["wall"] + PATIENCE, while_waiting)
                answer = self._socket.recv(_LONGEST_ANSWER)
            except BaseException:
                self.end()
                raise
        if not answer:
            self.end()
            raise ConnectionResetError("the parent of the children ended")
        return json.loads(answer)

    def _wait(self, left: float, while_waiting: Callable[[], object]) -> None:
        pause = settings.LEASE_SECONDS / 4
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
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
