"""The parent of the children: it waits for a worker's requests and forks a child for each.

It speaks with its worker over the socket that is its standard input, one message a request: JSON
with three open files (source, large, small). It has no threads, so that forking it is safe, and it
ends when its worker does.
"""

import errno
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
import time
import traceback
from typing import Any, NoReturn, TypedDict

import cv2

from .detecting import load_models
from .jobs import JOBS
from .refusal import Refusal

# A request and an answer have at most so many bytes.
LONGEST_MESSAGE = 128 * 1024
# The largest file that a child may write, in bytes. Ours have less than two megabytes.
_LARGEST_FILE = 32 * 1024 * 1024
# Other processes go first, above all those that answer people.
_NICENESS = 5


class _Limits(TypedDict):
    """``memory``: bytes of address space; ``cpu`` and ``wall``: seconds."""

    memory: int
    cpu: int
    wall: float


def serve(worker: socket.socket) -> None:
    """Answer requests until the worker closes its end."""
    while True:
        message, files, _flags, _address = socket.recv_fds(worker, LONGEST_MESSAGE, 3)
        if not message:
            return
        request = json.loads(message)
        answer = _run_child(request, files, worker)
        for file in files:
            os.close(file)
        try:
            worker.send(json.dumps(answer).encode())
        except BrokenPipeError:
            return


def _run_child(request: dict[str, Any], files: list[int], worker: socket.socket) -> dict[str, Any]:
    """What the child answered, or ``{"died": how}``."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        worker.close()
        os.close(reading)
        _be_child(request, files, writing)
    os.close(writing)
    answer, is_late = _read_answer(reading, worker, request["limits"]["wall"])
    os.close(reading)
    # It has ended by itself, or takes too long, or its worker is gone.
    os.kill(child, signal.SIGKILL)
    _child, status = os.waitpid(child, 0)
    if answer:
        return json.loads(answer)
    if is_late:
        return {"died": "took too long"}
    if os.WIFSIGNALED(status):
        return {"died": signal.Signals(os.WTERMSIG(status)).name}
    return {"died": f"exit code {os.waitstatus_to_exitcode(status)}"}


def _read_answer(reading: int, worker: socket.socket, seconds: float) -> tuple[bytes, bool]:
    """All that the child wrote until it ended, and whether it was too late. Nothing is answered if
    the worker goes meanwhile.
    """
    answer, end = b"", time.monotonic() + seconds
    poll = select.poll()
    for descriptor in (reading, worker.fileno()):
        poll.register(descriptor, select.POLLIN)
    while (left := end - time.monotonic()) > 0 and len(answer) < LONGEST_MESSAGE:
        for descriptor, _event in poll.poll(left * 1000):
            # The worker sends nothing while it waits, so this is its end.
            if descriptor == worker.fileno():
                return b"", False
            piece = os.read(reading, LONGEST_MESSAGE)
            if not piece:
                return answer, False
            answer += piece
    return b"", True


def _be_child(request: dict[str, Any], files: list[int], writing: int) -> NoReturn:
    code = 1
    try:
        _limit_this_process(request["limits"])
        os.write(writing, json.dumps(_do(request, files)).encode())
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _do(request: dict[str, Any], files: list[int]) -> dict[str, Any]:
    """``{"done": …}``, ``{"refused": reason}``, ``{"failed": errno}`` if the machine is at fault,
    or ``{"died": how}``.
    """
    with (
        open(files[0], "rb", closefd=False) as source,
        open(files[1], "wb", closefd=False) as large,
        open(files[2], "wb", closefd=False) as small,
    ):
        try:
            done = JOBS[request["job"]](source, large, small, **request["arguments"])
        except Refusal as refusal:
            return {"refused": refusal.reason.value}
        except MemoryError:
            return {"died": "took too much memory"}
        except OSError as fault:
            return {"failed": fault.errno or errno.EIO}
    return {"done": done, "megabytes": most_memory()}


def most_memory() -> int:
    """The most memory that this process had, in megabytes. ``ru_maxrss`` would not do: it also
    counts what a parent had before.
    """
    with open("/proc/self/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def _limit_this_process(limits: _Limits) -> None:
    os.nice(_NICENESS)
    # If the machine's memory runs out, the kernel ends this process and no other.
    with open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
        score.write("1000")
    for what, most in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["cpu"]),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    # The keyboard's interrupt reaches all processes of a terminal; this one ends with its worker.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A pool of threads would not survive a fork.
    cv2.setNumThreads(1)
    load_models()
    # Children share this memory as long as nobody writes to it.
    gc.collect()
    gc.freeze()
    serve(socket.socket(fileno=sys.stdin.fileno()))


if __name__ == "__main__":
    main()
