"""Jobs that try what no child may do, for ``test_children``."""

import os
import socket
import subprocess
import sys
from typing import Any, BinaryIO

from owed.forking import Refusal, serve


def reach(source: BinaryIO, *, family: int) -> dict[str, Any]:
    with socket.socket(family):
        return {}


def start(source: BinaryIO) -> dict[str, Any]:
    return {"code": subprocess.run([sys.executable, "-c", ""]).returncode}


def copy(source: BinaryIO, target: BinaryIO) -> dict[str, Any]:
    return {"bytes": target.write(source.read())}


def refuse(source: BinaryIO) -> dict[str, Any]:
    raise Refusal("too_odd", feature=7)


def fill(source: BinaryIO, target: BinaryIO) -> dict[str, Any]:
    os.write(target.fileno(), bytes(2048))
    return {"bytes": os.write(target.fileno(), bytes(2048))}


if __name__ == "__main__":
    serve({one.__name__: one for one in (reach, start, copy, refuse, fill)})
