"""The base map of an invented city with 90,000 houses: its file, its scripts, its memory, and how
fast the map page is with it (Lighthouse as in `lighthouse`).
"""

import psutil
from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks.form_size import CHROMIUM, FLAGS, PATH, load
from benchmarks.invented_city import install_base_map
from benchmarks.lighthouse import said, scores
from benchmarks.machine import machine

# Memory is what the process that draws the page holds by itself (USS, with Chromium's own share),
# at zoom 17, of a map that fills 1280 by 900 pixels.
PANS = 60
CANVASES = """() => [...document.querySelectorAll("canvas")]
  .reduce((sum, one) => sum + 4 * one.width * one.height, 0)"""

FILL = """() => {
  const map = document.querySelector(".leaflet-container");
  map.style.cssText = "position: fixed; inset: 0; width: 100vw; height: 100vh; z-index: 99";
  window.dispatchEvent(new Event("resize"));
}"""


def run() -> list[tuple[str, str, str]]:
    with machine(web_processes=1) as portal, sync_playwright() as playwright:
        size, seconds = install_base_map(portal)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            geolocation={"longitude": 19.4571, "latitude": 51.7652},
            permissions=["geolocation"],
            reduced_motion="reduce",
            service_workers="block",
        )
        page = context.new_page()
        loaded = load(page, portal.url + PATH)
        scripts = sum(
            n for url, n in loaded if ".js" in url and ("base-map" in url or "leaflet" in url)
        )
        wire = context.new_cdp_session(page)
        whole, heap, canvases = pan(page, wire)
        browser.close()
        performance = scores(f"{portal.url}/mapa/")["performance"]
    return [
        ("file of the city, zooms 8 to 15", f"{size / 1e6:.1f} MB", "≤ 40 MB"),
        ("made in", f"{seconds:.0f} s", "–"),
        ("Leaflet and what draws the base map, compressed", f"{scripts / 1000:.0f} kB", "≤ 80 kB"),
        (f"memory of the page after {PANS} pans", f"{whole / 1e6:.0f} MB", "≤ 150 MB"),
        ("of it heap and canvases", f"{heap / 1e6:.0f} + {canvases / 1e6:.0f} MB", "–"),
        ("the map page with it: performance", said(performance), "≥ 90"),
    ]


def pan(page: Page, wire: CDPSession) -> tuple[float, float, float]:
    """Bytes of the page's process, of its heap, of its canvases."""
    page.locator("[data-here]").click()
    page.locator(".pin-icon").wait_for()
    page.locator("[data-laid]").wait_for()
    page.evaluate(FILL)
    x, y = 640, 400
    for number in range(PANS):
        # Twenty one way, down, and back: no place comes twice.
        step = (-300, 0) if number % 20 else (0, -200)
        page.mouse.move(x + 150, y + 50)
        page.mouse.down()
        page.mouse.move(x + 150 + step[0], y + 50 + step[1], steps=3)
        page.mouse.up()
        page.wait_for_timeout(150)
    wire.send("HeapProfiler.collectGarbage")
    heap = wire.send("Runtime.getHeapUsage")["usedSize"]
    renderers = [
        one.memory_full_info().uss
        for one in psutil.Process().children(recursive=True)
        if "--type=renderer" in " ".join(one.cmdline())
    ]
    return max(renderers), heap, page.evaluate(CANVASES)
