"""What one anonymous sender may do to stop the portal: each attack a function, and a row below."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import cycle

import requests

from tests.faults.machine import Machine
from tests.pictures import hostile

# Requests at one moment.
_THREADS = 4


@cache
def _hostile_photos() -> list[bytes]:
    return [make() for make, _status in hostile.AT_UPLOAD.values()] + [
        make() for make in hostile.AT_WORKER.values()
    ]


def send_hostile_photos(machine: Machine, address: str, turn: int) -> None:
    """One file that is dear to look at, to open or to decode."""
    photos = _hostile_photos()
    requests.post(
        f"{machine.url}/api/v1/photos/",
        files={"file": ("dziura.jpg", photos[turn % len(photos)])},
        headers={"X-Forwarded-For": address},
        timeout=60,
    )


# A further attack is a row here; ``turn`` counts its calls.
ATTACKS: dict[str, Callable[[Machine, str, int], None]] = {"photos": send_hostile_photos}


@contextmanager
def attacked(machine: Machine, name: str, *, addresses: int) -> Iterator[None]:
    """While this runs, ``addresses`` IP addresses attack without a pause."""
    _hostile_photos()
    ended, lock = threading.Event(), threading.Lock()
    senders = cycle([f"198.51.100.{number}" for number in range(1, addresses + 1)])
    turns = iter(range(10**9))

    def attack() -> None:
        while not ended.is_set():
            with lock:
                address, turn = next(senders), next(turns)
            try:
                ATTACKS[name](machine, address, turn)
            except requests.RequestException:
                # The test asks whether the portal lives; the attacker does not care.
                continue

    threads = [threading.Thread(target=attack) for _thread in range(_THREADS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
