"""Fifty open lists while twenty reports a second arrive, over 1,000,000 reports: seconds from the
moment a report is sent until a list is told, and what the lists cost beside the sending itself.

Two web processes; "of one core": the processor time of the web processes and of the connections to
the database, less what the same rate took just before with no list open.
"""

import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import psycopg
import requests

from benchmarks.machine import Portal, machine
from benchmarks.panel_queue import log_in
from benchmarks.reports import CLIENTS, Client, p95
from benchmarks.work_list import fill

LISTS = {"operator": "operator/na-zywo/?zakres=otwarte", "jednostka": "jednostka/na-zywo/?"}
EACH, RATE, SECONDS = 25, 20, 30
_TICKS = os.sysconf("SC_CLK_TCK")


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=2) as portal:
        portal.python("manage.py", "load_demo_people").wait()
        Client(portal.url).send()
        fill(portal)
        _sent, without = send(portal)
        lists = [listen(portal, person) for person in LISTS for _number in range(EACH)]
        time.sleep(5)
        sent, with_lists = send(portal)
        time.sleep(5)
    took, missing = [], 0
    for person, told in lists:
        for reference, at in sent.items():
            if reference in told:
                took.append(told[reference] - at)
            elif person == "operator":
                missing += 1
    return [
        ("until a list is told: p95", f"{p95(took):.2f} s ({len(took)})", "≤ 1 s"),
        ("not told to a list of all", str(missing), "0"),
        ("50 lists cost, of one core", f"{(with_lists - without) * 100:.0f} %", "≤ 25 %"),
        ("the sending alone, of one core", f"{without * 100:.0f} %", "–"),
    ]


def listen(portal: Portal, person: str) -> tuple[str, dict[str, float]]:
    """An open list, and when it was told of each report."""
    session = requests.Session()
    log_in(session, portal.url, person)
    answer = session.get(
        f"{portal.url}/panel/{LISTS[person]}&od={newest(portal)}", stream=True, timeout=600
    )
    assert answer.ok, answer.text
    told: dict[str, float] = {}

    def read() -> None:
        try:
            for line in answer.iter_lines(chunk_size=1):
                if line.startswith(b"data: "):
                    for reference in json.loads(line[6:]):
                        told.setdefault(reference, time.perf_counter())
        except requests.RequestException:
            # The portal ends before its lists do.
            return

    threading.Thread(target=read, daemon=True).start()
    return person, told


def newest(portal: Portal) -> int:
    return portal.scalar("SELECT coalesce(max(id), 0) FROM reports_assignment")


def send(portal: Portal) -> tuple[dict[str, float], float]:
    """Twenty reports a second: when each was sent, and what share of one core the portal took."""
    sent: dict[str, float] = {}
    before, begin = processor_times(portal), time.perf_counter()

    def one() -> None:
        client, at = free.get(), time.perf_counter()
        client.send()
        sent[client.answer["reference"]] = at
        free.put(client)

    free: SimpleQueue[Client] = SimpleQueue()
    for _number in range(CLIENTS):
        free.put(Client(portal.url))
    with ThreadPoolExecutor(CLIENTS) as threads:
        for number in range(RATE * SECONDS):
            time.sleep(max(0, begin + number / RATE - time.perf_counter()))
            threads.submit(one)
    passed = time.perf_counter() - begin
    after = processor_times(portal)
    return sent, sum(after[pid] - before.get(pid, 0) for pid in after) / passed


def processor_times(portal: Portal) -> dict[int, float]:
    """Seconds of the processor that each web process and connection to the database took."""
    with psycopg.connect(portal.dsn) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s", [portal.name]
        )
        pids = [row[0] for row in rows]
    pids += [
        pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if is_web(pid, portal)
    ]
    return {pid: seconds for pid in pids if (seconds := seconds_of(pid)) is not None}


def is_web(pid: int, portal: Portal) -> bool:
    try:
        command = (
            Path(f"/proc/{pid}/environ").read_bytes() + Path(f"/proc/{pid}/cmdline").read_bytes()
        )
    except OSError:
        return False
    return portal.url.encode() in command and b"celery" not in command


def seconds_of(pid: int) -> float | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / _TICKS
