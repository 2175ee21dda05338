"""Borders edited in the browser: frames a second with the whole city, 5,500 vertices, in view.

A window of 1280 × 800 pixels; a vertex that two districts share is dragged, with other borders
attracting it, and the whole map is moved (then everything is drawn anew in each frame). Frames are
those of requestAnimationFrame while the mouse moves for three seconds; the longest pause is
between two of them. "4× slower": the processor, by Chromium's own brake. An act is saved when the
portal has answered.
"""

import os
import statistics
import time
from itertools import pairwise

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.form_speed import FLAGS
from benchmarks.machine import machine

WINDOW = {"width": 1280, "height": 800}
# The demo's draft.
PATH = "/panel/granice/wydania/demo-2027-01/edytor/"
DISTRICT = "katedralna"
SECONDS, TURNS = 3, 10
TELL_MAP = """document.addEventListener("readystatechange", () => {
    window.L?.Map.addInitHook(function () { window.shownMap = this; });
}, { once: true });"""
WHERE = """([lat, lng]) => {
    const { x, y } = window.shownMap.latLngToContainerPoint([lat, lng]);
    return [x, y];
}"""
COUNT = """() => {
    window.drawnAt = [];
    const count = (at) => {
        if (!window.drawnAt) return;
        window.drawnAt.push(at);
        requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
}"""


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=1) as portal, sync_playwright() as playwright:
        portal.python("manage.py", "load_demo_boundaries").wait()
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page, ready = opened(browser, portal.url)
        rows = [("from opening to the first act possible", f"{ready:.2f} s", "–")]
        vertices = page.locator("[data-vertices] option").count()
        rows.append((f"vertices of the chosen district ({DISTRICT})", str(vertices), "–"))
        wire = page.context.new_cdp_session(page)
        for name, rate in (("", 1), (", processor 4× slower", 4)):
            wire.send("Emulation.setCPUThrottlingRate", {"rate": rate})
            target = "≥ 30" if rate == 1 else "–"
            for what, start in (("a vertex dragged", vertex(page)), ("the map moved", (60, 400))):
                frames, pause = drawn_while_dragged(page, start, is_map=start == (60, 400))
                row = f"{frames:.0f} a second, longest pause {pause:.0f} ms"
                rows.append((f"{what}{name}", row, target))
        wire.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        rows.append(("an act, from the key to saved (median)", f"{saving(page):.0f} ms", "–"))
        browser.close()
    return rows


def opened(browser: Browser, url: str) -> tuple[Page, float]:
    """The editor with a district chosen and the city in view, and the seconds that opening took."""
    context = browser.new_context(viewport=WINDOW, locale="pl-PL", reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(TELL_MAP)
    page.goto(url + PATH)
    page.locator("[name=login]").fill("gis")
    page.locator("[name=password]").fill("demo-lodz-2026")
    page.locator("form [type=submit]").last.click()
    page.locator("[data-editor][data-ready]").wait_for()
    start = time.perf_counter()
    page.reload()
    page.locator("[data-editor][data-ready]").wait_for()
    ready = time.perf_counter() - start
    city = page.evaluate("(() => { const b = shownMap.getBounds(); return b.toBBoxString(); })()")
    page.locator("[data-district]").select_option(DISTRICT)
    west, south, east, north = map(float, city.split(","))
    page.evaluate(f"shownMap.fitBounds([[{south}, {west}], [{north}, {east}]])")
    page.locator("[data-editor-map]").scroll_into_view_if_needed()
    return page, ready


def vertex(page: Page) -> tuple[float, float]:
    """Where a vertex of the chosen district is on the map."""
    page.locator("[data-vertices]").select_option(index=200)
    lat, lng = map(float, page.locator("[data-place-field]").input_value().split(", "))
    x, y = page.evaluate(WHERE, [lat, lng])
    return x, y


def drawn_while_dragged(
    page: Page, start: tuple[float, float], *, is_map: bool
) -> tuple[float, float]:
    """Frames a second, and the longest pause in milliseconds. Nothing has moved in the end."""
    box = page.locator("[data-editor-map]").bounding_box()
    assert box
    x, y = box["x"] + start[0], box["y"] + start[1]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 8, y)
    # The map stays where it is while the hand holds a vertex.
    assert page.evaluate("window.shownMap.dragging.enabled()") is is_map
    page.evaluate(COUNT)
    begun = time.perf_counter()
    step = 0
    while time.perf_counter() - begun < SECONDS:
        step += 1
        page.mouse.move(x + 30 * (step % 7) / 7, y + 30 * (step % 11) / 11)
    at = page.evaluate("(() => { const at = window.drawnAt; window.drawnAt = null; return at; })()")
    page.mouse.move(x, y)
    page.mouse.up()
    pauses = [later - before for before, later in pairwise(at)]
    return 1000 * len(pauses) / (at[-1] - at[0]), max(pauses)


def saving(page: Page) -> float:
    """Milliseconds from the press to the answer, with what the device does before."""
    took = []
    for _turn in range(TURNS):
        start = time.perf_counter()
        with page.expect_response("**/edytor/zmiana/"):
            page.locator("[data-insert]").click()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)
