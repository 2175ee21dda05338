"""Nobody can stop the portal: during an attack its pages answer, and reports arrive."""

from statistics import quantiles

import pytest
import requests

from tests.faults.attacks import ATTACKS, attacked
from tests.faults.machine import Machine, wait_for
from tests.faults.test_dispatch import body, count

PAGES = ("/", "/zgloszenia/nowe/", "/mapa/", "/status/", "/regulamin/")
# How often each page is opened, and how many reports are sent meanwhile.
ROUNDS, REPORTS = 6, 6
# Seconds in which 95 of 100 pages must come, where a page without an attack takes CALM at most.
# Where it takes longer, because the machine is busy with something else, so may they.
SLOWEST, CALM = 1.0, 0.1


@pytest.fixture(scope="module")
def guarded(whole_machine):
    """The machine with limits on, as in production, behind a proxy that names the addresses."""
    whole_machine.settings = {"RATE_LIMITS": "on", "TRUSTED_PROXIES": "1"}
    whole_machine.kill("web")
    whole_machine.start_web()
    yield whole_machine
    whole_machine.settings = {}
    whole_machine.kill("web")
    whole_machine.start_web()


def open_page(machine: Machine, path: str, address: str) -> float:
    """Seconds until the page was there."""
    headers = {"X-Forwarded-For": address}
    answer = requests.get(f"{machine.url}{path}", headers=headers, timeout=60)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.elapsed.total_seconds()


def send_report(machine: Machine, address: str) -> None:
    url, headers = f"{machine.url}/api/v1/reports/", {"X-Forwarded-For": address}
    answer = requests.post(url, json=body(), headers=headers, timeout=60)
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("addresses", [1, 50])
@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_stops_nobody(guarded, machine, name, addresses):
    machine.start_worker()
    machine.start_photo_worker()
    machine.start_beat()
    running = dict(machine.processes)
    # The first turn fills what the process keeps.
    calm = [open_page(machine, path, "203.0.113.99") for _turn in range(4) for path in PAGES][5:]
    seconds = []
    with attacked(machine, name, addresses=addresses):
        for turn in range(ROUNDS):
            seconds += [open_page(machine, path, f"203.0.113.{turn}") for path in PAGES]
            send_report(machine, f"203.0.113.{turn}")
        wait_for(lambda: count(machine, "forwarded") == REPORTS, seconds=120, what="all forwarded")
    assert [name for name, process in running.items() if process.poll() is not None] == []
    bound = SLOWEST * max(1, quantiles(calm, n=20)[-1] / CALM)
    assert quantiles(seconds, n=20)[-1] <= bound, (bound, sorted(seconds)[-8:])
