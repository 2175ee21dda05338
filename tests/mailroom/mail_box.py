"""A real IMAP server (pymap, in memory) on a free port of this machine."""

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.faults.machine import free_port

USER, PASSWORD = "odpowiedzi", "secret"


@contextmanager
def imap_server() -> Iterator[int]:
    """Its port."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "pymap"), "--host", "127.0.0.1"]
    command += ["--port", str(port), "--no-tls"]
    command += ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        server.kill()
        server.wait()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError("the IMAP server did not start")


class Box:
    """The mailbox, as somebody else sees it."""

    def __init__(self, port: int) -> None:
        self.client = imaplib.IMAP4("127.0.0.1", port)
        self.client.login(USER, PASSWORD)
        self.client.select("INBOX")

    def put(self, raw: bytes) -> None:
        self.client.append("INBOX", "", "", raw)

    def uids(self, wanted: str) -> list[bytes]:
        self.client.noop()
        return self.client.uid("SEARCH", wanted)[1][0].split()

    def mark(self, flag: str) -> None:
        """All letters."""
        self.client.noop()
        self.client.store("1:*", "+FLAGS", flag)
