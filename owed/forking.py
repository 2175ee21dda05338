"""The parent of child processes that open what others send: it forks a child for each job.

A worker starts it (``owed.children``). It has loaded the decoders but never opens a file itself.
It speaks with its worker over the socket that is its standard input, one message a request: JSON
with the open files of the job. It has no threads, so that forking it is safe, and it ends when its
worker does.

Neither it nor a child can open a network socket or start a program: the kernel refuses. Nothing
here imports Django: a child knows no settings, no database and no secret.
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
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any, BinaryIO, NoReturn, TypedDict

import pyseccomp

# A request and an answer have at most so many bytes.
LONGEST_MESSAGE = 128 * 1024
# The most open files that come with a request.
_MOST_FILES = 3
# Other processes go first, above all those that answer people.
_NICENESS = 5
# What nobody who opens files needs. ``io_uring_setup``: by a ring a socket is had too.
_DENIED = ("socket", "io_uring_setup", "execve", "execveat")

# A job reads its first file and writes the others; it returns what JSON can hold.
Job = Callable[..., dict[str, Any]]


class Refusal(Exception):
    """The file is no good; ``code`` and ``details`` (JSON) say why."""

    def __init__(self, code: str, **details: Any) -> None:
        self.code, self.details = code, details
        super().__init__(code)


class _Limits(TypedDict):
    """``memory``: bytes of address space; ``cpu`` and ``wall``: seconds; ``file``: the bytes of the
    largest file that a child may write.
    """

    memory: int
    cpu: int
    wall: float
    file: int


def serve(jobs: Mapping[str, Job]) -> None:
    """Answer the worker's requests until it closes its end."""
    # The keyboard's interrupt reaches all processes of a terminal; this one ends with its worker.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    deny_network()
    # Children share this memory as long as nobody writes to it.
    gc.collect()
    gc.freeze()
    worker = socket.socket(fileno=sys.stdin.fileno())
    while True:
        message, files, _flags, _address = socket.recv_fds(worker, LONGEST_MESSAGE, _MOST_FILES)
        if not message:
            return
        answer = _run_child(jobs, json.loads(message), files, worker)
        for file in files:
            os.close(file)
        try:
            worker.send(json.dumps(answer).encode())
        except BrokenPipeError:
            return


def deny_network() -> None:
    """From now on this process and its children get no socket and start no program. ``OSError`` if
    the kernel cannot promise that; then nothing is opened.
    """
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for call in _DENIED:
        rules.add_rule(pyseccomp.ERRNO(errno.EACCES), call)
    rules.load()


def _run_child(
    jobs: Mapping[str, Job], request: dict[str, Any], files: list[int], worker: socket.socket
) -> dict[str, Any]:
    """What the child answered, or ``{"died": how}``."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        worker.close()
        os.close(reading)
        _be_child(jobs, request, files, writing)
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


def _be_child(
    jobs: Mapping[str, Job], request: dict[str, Any], files: list[int], writing: int
) -> NoReturn:
    code = 1
    try:
        _limit_this_process(request["limits"])
        os.write(writing, json.dumps(_do(jobs, request, files)).encode())
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _do(jobs: Mapping[str, Job], request: dict[str, Any], files: list[int]) -> dict[str, Any]:
    """``{"done": …}``, ``{"refused": code, "details": …}``, ``{"failed": errno}`` if the machine is
    at fault, or ``{"died": how}``.
    """
    source, *targets = files
    with ExitStack() as stack:
        opened: list[BinaryIO] = [stack.enter_context(open(source, "rb", closefd=False))]
        opened += [stack.enter_context(open(one, "wb", closefd=False)) for one in targets]
        try:
            done = jobs[request["job"]](*opened, **request["arguments"])
        except Refusal as refusal:
            return {"refused": refusal.code, "details": refusal.details}
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
        (resource.RLIMIT_FSIZE, limits["file"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
