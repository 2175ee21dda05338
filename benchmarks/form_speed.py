"""The form on a phone: seconds until the pin can be set, and taps until the report is sent.

Slow 4G as Lighthouse defines it (1.6 Mbit/s down, 0.75 up, 150 ms), a processor four times slower,
nothing cached; the median of nine, without a base map and with that of an invented city. A typical
report has the position of the device, one photo, a category and a sentence. Choosing a picture in
the device's own window counts as one tap, typing as none.
"""

import os
import statistics

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.invented_city import install_base_map
from benchmarks.machine import machine
from benchmarks.pages import HERE
from tests.pictures import jpeg

PATH = "/zgloszenia/nowe/"
PHONE = {"width": 390, "height": 844}
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8,
    "uploadThroughput": 0.75 * 1024 * 1024 / 8,
}
RUNS = 9
READY = """
new MutationObserver(() => {
    if (window.ready || !document.querySelector("[data-pin-ready]")) return;
    window.ready = performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true });
"""


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=1) as portal, sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        ready = median_ready(browser, portal.url)
        taps, keys = sending(browser, portal.url)
        install_base_map(portal)
        mapped = median_ready(browser, portal.url)
        browser.close()
    return [
        ("pin can be set, slow 4G, processor 4× slower", f"{ready / 1000:.2f} s", "≤ 1.5 s"),
        ("the same with a base map", f"{mapped / 1000:.2f} s", "≤ 1.5 s"),
        ("taps from the open form to the receipt", str(taps), "≤ 8"),
        ("keystrokes (the sentence)", str(keys), "–"),
    ]


def median_ready(browser: Browser, url: str) -> float:
    return statistics.median(ready_after(browser, url) for _ in range(RUNS))


def ready_after(browser: Browser, url: str) -> float:
    """Milliseconds from the start of the navigation until the pin can be set."""
    context = browser.new_context(viewport=PHONE, locale="pl-PL", service_workers="block")
    page = context.new_page()
    page.add_init_script(READY)
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW_4G)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url + PATH)
    page.locator("[data-pin-ready]").wait_for(state="attached")
    ready = page.evaluate("window.ready")
    context.close()
    return ready


def sending(browser: Browser, url: str) -> tuple[int, int]:
    """Taps and keystrokes of a typical report."""
    context = browser.new_context(
        viewport=PHONE,
        locale="pl-PL",
        has_touch=True,
        geolocation=HERE,
        permissions=["geolocation"],
        service_workers="block",
    )
    page = context.new_page()
    page.goto(url + PATH)
    page.locator("[data-pin-ready]").wait_for()
    hand = Hand(page)
    hand.tap("[data-here]")
    with page.expect_file_chooser() as chooser:
        hand.tap("[data-photo-first]")
    hand.choose(chooser.value, {"name": "d.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    hand.tap("#id_description")
    hand.type("Głęboka dziura w jezdni przy przejściu.")
    hand.tap("[data-suggestion-take]")
    hand.tap("[data-send]")
    page.wait_for_url("**/potwierdzenie/")
    context.close()
    return hand.taps, hand.keys


class Hand:
    """Uses the page as a person does, and counts taps and keystrokes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = self.keys = 0

    def tap(self, selector: str) -> None:
        self.page.locator(selector).tap()
        self.taps += 1

    def choose(self, chooser, picture: dict) -> None:
        chooser.set_files([picture])
        self.taps += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)
