"""The report form as a browser loads it the first time: kilobytes over the wire and requests.

Without a base map, and with that of an invented city, of which what draws it counts and its tiles
do not. Files count as compressed by the web process.
"""

import os

from playwright.sync_api import Page, sync_playwright

from benchmarks.invented_city import install_base_map
from benchmarks.machine import machine

PATH = "/zgloszenia/nowe/"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
# Nothing more comes after a pause of so many milliseconds.
QUIET_MS = 2_000


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=1) as portal, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        loaded = load(browser.new_page(), portal.url + PATH)
        install_base_map(portal)
        mapped = load(browser.new_page(), portal.url + PATH)
        browser.close()
    outside = [url for url, _size in loaded if not url.startswith(portal.url)]
    scripts = sum(size for url, size in loaded if url.endswith(".js"))
    tiles = sum(size for url, size in mapped if url.endswith(".pmtiles"))
    if not tiles:
        raise RuntimeError("the form did not load the base map")
    return [
        ("form page, all that it loads", kilobytes(total(loaded)), "≤ 200 kB"),
        ("of it scripts", kilobytes(scripts), "≤ 90 kB"),
        ("requests", str(len(loaded)), "≤ 25"),
        ("requests to others", str(len(outside)), "0"),
        ("with a base map, without its tiles", kilobytes(total(mapped) - tiles), "≤ 200 kB"),
        ("its tiles", kilobytes(tiles), "–"),
    ]


def load(page: Page, url: str) -> list[tuple[str, int]]:
    """(Address, bytes over the wire with headers) of each request of the page with a map at
    ``url``, what lies beneath the map included.
    """
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}
    wire.on(
        "Network.requestWillBeSent",
        lambda event: addresses.update({event["requestId"]: event["request"]["url"]}),
    )
    wire.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(url)
    # What lies beneath comes only once the page has nothing else to do. The browser may have been
    # idle before that, so it does not tell when all has come.
    page.locator("[data-laid]").wait_for()
    seen = -1
    while len(sizes) > seen:
        seen = len(sizes)
        page.wait_for_timeout(QUIET_MS)
    return [
        (addresses[key], size)
        for key, size in sizes.items()
        if not addresses[key].startswith("data:")
    ]


def total(loaded: list[tuple[str, int]]) -> int:
    return sum(size for _url, size in loaded)


def kilobytes(size: int) -> str:
    return f"{size / 1000:.0f} kB"
