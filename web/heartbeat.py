"""Whether the event loop of each web process of this host still turns.

One process cannot tell for itself: while its loop stands still, it answers nothing, and the health
check only meets the others. So each keeps a file that its loop touches every second, and any of
them can tell which file has grown old.
"""

import asyncio
import fcntl
import os
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

# A loop that was not there for so long is stuck. uvicorn itself ends a process after five seconds
# if not even its threads run.
STUCK_SECONDS = 10


def folder() -> Path:
    return settings.VAR_DIR / "heartbeats" / socket.gethostname()


def beating_application(application):
    """``application`` (ASGI), whose process has a heartbeat from its start to its end."""

    async def beating(scope: dict, receive: Callable, send: Callable) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        else:
            await application(scope, receive, send)

    return beating


async def _live(
    receive: Callable[[], Awaitable[dict]], send: Callable[[dict], Awaitable[None]]
) -> None:
    await receive()
    beats = asyncio.create_task(_beat())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    beats.cancel()
    await send({"type": "lifespan.shutdown.complete"})


async def _beat() -> None:
    with _own_file() as file:
        while True:
            os.utime(file.fileno())
            await asyncio.sleep(1)


@contextmanager
def _own_file() -> Iterator[IO]:
    """The file of this process. Its lock tells that the process lives, also when it was killed."""
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / str(os.getpid())
    # It gets its name once it is locked: others delete files that nobody has locked.
    new = path.with_name(f"new-{path.name}")
    with new.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        new.rename(path)
        try:
            yield file
        finally:
            path.unlink(missing_ok=True)


def all_loops_turn() -> bool:
    """Whether every web process of this host that lives has touched its file lately."""
    now = time.time()
    return all(
        now - path.stat().st_mtime < STUCK_SECONDS
        for path in sorted(folder().glob("[0-9]*"))
        if _is_held(path)
    )


def _is_held(path: Path) -> bool:
    """Whether the process of the file lives. The file of one that was killed is deleted."""
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
