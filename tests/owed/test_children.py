"""What others send is opened by a process that can reach nothing. The rest of a child's life is
tested with photos (``tests/pictures/test_child.py``).
"""

import errno
import socket
from collections.abc import Iterator
from tempfile import TemporaryFile

import pytest

from owed.children import ChildRefused, Children

LIMITS = {"memory": 1024**3, "cpu": 5, "wall": 20, "file": 2048}


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    started = Children("tests.owed.prying")
    yield started
    started.end()


def run(children: Children, job: str, *, content: bytes = b"", **arguments):
    with TemporaryFile() as source, TemporaryFile() as target:
        source.write(content)
        source.seek(0)
        files = [source, target] if job in ("copy", "fill") else [source]
        found = children.run(job, files, limits=LIMITS, **arguments).found
        target.seek(0)
        return found, target.read()


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6, socket.AF_UNIX])
def test_no_child_gets_a_socket(children, family):
    with pytest.raises(OSError, match=rf"\[Errno {errno.EACCES}\]"):
        run(children, "reach", family=family)


def test_no_child_starts_a_program(children):
    with pytest.raises(OSError, match=rf"\[Errno {errno.EACCES}\]"):
        run(children, "start")


def test_a_child_reads_its_file_and_writes_another(children):
    assert run(children, "copy", content="łąka".encode()) == ({"bytes": 6}, "łąka".encode())


def test_a_refusal_comes_with_its_details(children):
    with pytest.raises(ChildRefused) as refusal:
        run(children, "refuse")
    assert (refusal.value.code, refusal.value.details) == ("too_odd", {"feature": 7})


def test_no_child_writes_a_file_beyond_its_limit(children):
    with pytest.raises(OSError, match=rf"\[Errno {errno.EFBIG}\]"):
        run(children, "fill")
