"""Lighthouse's phone profile (slow 4G and a slow processor, simulated) on local Chromium.

100 is the best. The median of five runs of each page, as Lighthouse's own guide to its variability
advises: one run on a shared machine differs from the next by up to ten points. The lowest of the
five stands beside it where it differs.
"""

import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

from benchmarks.machine import machine
from benchmarks.pages import sent_report

RUNS = 5
CATEGORIES = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
# Chromium loads pages of its own menus while ours is measured, and they take half the processor.
FLAGS = (
    "--headless=new --no-sandbox --disable-background-networking --disable-component-update "
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup"
)


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=1) as portal:
        portal.python("manage.py", "load_pages").wait()
        portal.python("manage.py", "load_procedures", "--demo").wait()
        reference = sent_report(portal.url)
        pages = {
            "home": "/",
            "map": "/mapa/",
            "news": "/aktualnosci/",
            "questions": "/faq/",
            "contact": "/kontakt/",
            "form": "/zgloszenia/nowe/",
            "receipt": f"/zgloszenia/{reference}/potwierdzenie/",
            "status": f"/status/{reference}/",
            "search": "/procedury/",
            "procedure": "/procedury/KA-00001/",
        }
        found = {name: scores(portal.url + path) for name, path in pages.items()}
    return [
        (f"{page}: {category}", said(rows[category]), f"≥ {target}")
        for page, rows in found.items()
        for category, target in CATEGORIES.items()
    ]


def scores(url: str) -> dict[str, list[int]]:
    results = [once(url) for _ in range(RUNS)]
    return {name: [result[name] for result in results] for name in CATEGORIES}


def said(scores: list[int]) -> str:
    median, lowest = statistics.median(scores), min(scores)
    return f"{median}" if median == lowest else f"{median} (lowest {lowest})"


def once(url: str) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "result.json"
        command = [
            "node",
            "node_modules/lighthouse/cli/index.js",
            url,
            "--quiet",
            "--output=json",
            f"--output-path={target}",
            f"--chrome-flags={FLAGS}",
            f"--only-categories={','.join(CATEGORIES)}",
        ]
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        # Lighthouse sometimes misses the first paint of a page and asks to be run again.
        for _attempt in range(3):
            if not subprocess.run(command, env=os.environ | {"CHROME_PATH": chromium}).returncode:
                break
        result = json.loads(target.read_text())
    tell(url, result)
    return {name: round(result["categories"][name]["score"] * 100) for name in CATEGORIES}


def tell(url: str, result: dict) -> None:
    """Print the timings, and the audits with a low score."""
    audits = result["audits"]
    for name in ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time"):
        print(f"      {url}: {name} {audits[name]['displayValue']}")
    for category in CATEGORIES:
        for reference in result["categories"][category]["auditRefs"]:
            audit = audits[reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"      {url}: {audit['id']}: {audit['score']} {audit.get('displayValue')}")
