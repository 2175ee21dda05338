"""The report form as a browser loads it the first time: kilobytes over the wire and requests.

Map tiles from outside and photos are not loaded here; by default there are none. Files count as
compressed by the web process.
"""

import os

from playwright.sync_api import Page, sync_playwright

from benchmarks.machine import machine

PATH = "/zgloszenia/nowe/"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=1) as portal, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        loaded = load(browser.new_page(), portal.url + PATH)
        browser.close()
    outside = [url for url in loaded if not url.startswith(portal.url)]
    scripts = sum(size for url, size in loaded.items() if url.endswith(".js"))
    return [
        ("form page, all that it loads", f"{sum(loaded.values()) / 1000:.0f} kB", "≤ 200 kB"),
        ("of it scripts", f"{scripts / 1000:.0f} kB", "≤ 90 kB"),
        ("requests", str(len(loaded)), "≤ 25"),
        ("requests to others", str(len(outside)), "0"),
    ]


def load(page: Page, url: str) -> dict[str, int]:
    """Address → bytes over the wire with headers, for all that the page at ``url`` loads."""
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
        lambda event: sizes.update({addresses[event["requestId"]]: event["encodedDataLength"]}),
    )
    page.goto(url, wait_until="networkidle")
    return {address: size for address, size in sizes.items() if not address.startswith("data:")}
