"""Sending reports, beside the same portal as an earlier commit had it, in turns within one run.

``COMPARE_WITH`` names the commit. Both portals run at once, each with a worker, web processes and
a database of its own; the clients turn from one to the other, so that a slow moment of the machine
meets both.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import reports
from benchmarks.machine import ROOT, machine

# The last commit before a report was to cost half.
BEFORE = "5b85ab8"
TURNS, SECONDS = 6, 8


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    commit = os.environ.get("COMPARE_WITH", BEFORE)
    with (
        checked_out(commit) as root,
        machine(web_processes=2, root=root, name="portal_bench_before", redis=14) as before,
        machine(web_processes=2) as now,
    ):
        rates: dict[str, list[float]] = {"before": [], "now": []}
        alone: dict[str, list[float]] = {"before": [], "now": []}
        bare: list[float] = []
        portals = {"before": before, "now": now}
        for portal in portals.values():
            reports.warm_up(portal)
        for _turn in range(TURNS):
            for name, portal in portals.items():
                alone[name] += reports.one_after_another(portal, number=40)
                rates[name].append(reports.flat_out(portal, seconds=SECONDS)[1])
            bare += reports.bare_sql(now, number=60)
    middle = {name: statistics.median(values) for name, values in rates.items()}
    ms = {name: statistics.median(values) for name, values in alone.items()}
    least = statistics.median(bare)
    return [
        (f"4 clients: rate at {commit[:7]}", f"{middle['before']:.0f}/s", "–"),
        (
            "4 clients: rate now",
            f"{middle['now']:.0f}/s = {middle['now'] / middle['before']:.2f}×",
            "≥ 2×",
        ),
        (f"one client: median at {commit[:7]}", f"{ms['before']:.1f} ms", "–"),
        ("one client: median now", f"{ms['now']:.1f} ms", "–"),
        ("the same rows by bare SQL: median", f"{least:.2f} ms", "–"),
        (
            f"one client against bare SQL at {commit[:7]}",
            f"{ms['before'] / least:.1f}×",
            "–",
        ),
        ("one client against bare SQL now", f"{ms['now'] / least:.1f}×", "≤ 8×"),
    ]


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """The code of ``commit`` in a folder of its own, with the packages of its lock."""
    with TemporaryDirectory(prefix="before-") as name:
        archive = subprocess.run(
            ["git", "archive", commit], cwd=ROOT, check=True, capture_output=True
        )
        subprocess.run(["tar", "-x", "-C", name], input=archive.stdout, check=True)
        uv = ROOT / "var" / "uv" / "bin" / "uv"
        subprocess.run(
            [uv, "venv", "-q", "--python", sys.executable, ".venv"], cwd=name, check=True
        )
        sync = [uv, "pip", "sync", "-q", "--require-hashes", "requirements/base.txt"]
        subprocess.run(
            sync, cwd=name, check=True, env=os.environ | {"VIRTUAL_ENV": f"{name}/.venv"}
        )
        yield Path(name)
