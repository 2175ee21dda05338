"""What a list of staff selects, as a file, over 1,000,000 reports of which 60,000 are open. One
client, one web process; "memory": the most that the process ever had, less what it had before.
"""

import os
import time

import requests

from benchmarks.machine import machine
from benchmarks.panel_queue import log_in
from benchmarks.reports import Client
from benchmarks.work_list import ALL, OPEN, fill

FILES = {
    "CSV of all": f"csv/?{ALL}",
    "CSV of what is open": f"csv/?{OPEN}",
    "CSV of what needs a decision": "csv/?zakres=do-decyzji",
    "GeoJSON of what is open": f"geojson/?{OPEN}",
}


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=1) as portal, requests.Session() as session:
        Client(portal.url).send()
        fill(portal)
        log_in(session, portal.url, "operator")
        session.get(f"{portal.url}/panel/operator/", timeout=60)
        before, rows = _most_memory(portal.url), []
        for name, path in FILES.items():
            start, number = time.perf_counter(), 0
            with session.get(f"{portal.url}/panel/operator/{path}", stream=True) as answer:
                assert answer.ok, answer.text
                for piece in answer.iter_content(65_536):
                    number += piece.count(b"\n" if "csv" in path else b'"Feature"')
            seconds = time.perf_counter() - start
            rows.append((name, f"{number / seconds:,.0f} rows/s ({number:,})", "≥ 10,000 rows/s"))
            print(rows[-1], flush=True)
        rows.append(("memory", f"{_most_memory(portal.url) - before} MB", "≤ 150 MB"))
        return rows


def _most_memory(url: str) -> int:
    """Megabytes that the web process listening at ``url`` has had at most."""
    port = url.rsplit(":", 1)[1]
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline") as file:
                words = file.read().split("\0")
            if "uvicorn" in words and port in words:
                with open(f"/proc/{pid}/status") as file:
                    [most] = [line.split()[1] for line in file if line.startswith("VmHWM")]
                return int(most) // 1024
        except OSError:
            continue
    raise RuntimeError("the web process was not found")
