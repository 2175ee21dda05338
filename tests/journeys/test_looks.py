"""The form is walked through as it looks at 320 px, at a zoom of 200 % and in the dark.

After each press: the page scrolls only up and down, what was pressed lay free, its answer is in
view, and the texts that came with it can be read.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from reports.models import Report
from tests.journeys.test_place import near_border

LOOKS = {
    "320 px": {"size": (320, 640)},
    # A zoom of 200 % leaves half of a desktop's width and height.
    "200 %": {"size": (640, 450), "device_scale_factor": 2},
    "dark": {"size": (390, 844), "color_scheme": "dark"},
}
# What a press in the middle of the element, or 4 px inside one of its corners, would hit instead.
COVERING = """element => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const points = [[(left + right) / 2, (top + bottom) / 2]];
    for (const x of [left + 4, right - 4]) points.push([x, top + 4], [x, bottom - 4]);
    const hits = points.map(([x, y]) => document.elementFromPoint(x, y));
    return hits.filter((hit) => !element.contains(hit)).map((hit) => hit?.outerHTML ?? "nothing");
}"""
# axe takes the layers of the map for being above the sentence that stands on it.
JUDGED = """(element, is_judged) => {
    element.toggleAttribute("data-judged", is_judged);
    element.style.zIndex = is_judged ? 2000 : "";
}"""


@pytest.fixture(params=LOOKS)
def look(request) -> dict:
    return LOOKS[request.param]


def press(pressed: Locator) -> None:
    """Click ``pressed`` once nothing lies on it."""
    pressed.scroll_into_view_if_needed()
    assert pressed.evaluate(COVERING) == []
    pressed.click()


def is_answered(answer: Locator, text: str, *, seen: float = 0.99) -> None:
    """``answer`` says it, the share ``seen`` of it is in view, and can be read; nothing scrolls
    sideways.
    """
    expect(answer).to_contain_text(text)
    expect(answer).to_be_in_viewport(ratio=seen)
    can_be_read(answer)
    scrolls_only_down(answer.page)


def can_be_read(texts: Locator) -> None:
    """axe finds texts in there, and is sure that their contrast is enough."""
    texts.evaluate(JUDGED, True)
    only = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    judged = Axe().run(texts.page, context="[data-judged]", options=only).response
    texts.evaluate(JUDGED, False)
    unsure = [
        f"{node['html']}: {node['any'][0]['message']}"
        for rule in judged["violations"] + judged["incomplete"]
        for node in rule["nodes"]
    ]
    assert unsure == []
    assert judged["passes"]


def scrolls_only_down(page: Page) -> None:
    wide, shown = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= shown


def test_a_report_goes_from_the_empty_form_to_its_status(visit, look):
    page = visit("/zgloszenia/nowe/", **look)
    page.locator("[data-city-map][data-pin-ready]").wait_for()
    field, says = page.get_by_label("Adres albo współrzędne"), page.locator("[data-place-says]")
    field.press_sequentially("11 listopda 36")
    is_answered(page.get_by_role("option").first, "11 Listopada 36")
    press(page.get_by_role("option").first)
    is_answered(says, "11 Listopada")
    field.fill("52.2297, 21.0122")
    press(page.locator("[data-find]"))
    is_answered(says, "poza Łodzią")
    point = near_border()
    field.fill(f"{point.y}, {point.x}")
    press(page.locator("[data-find]"))
    side = page.locator("[data-side]")
    is_answered(side, "Granica osiedli biegnie tędy")
    press(page.get_by_label("Szukaj"))
    page.keyboard.type("dziura")
    pothole = page.locator("[data-found] label").first
    is_answered(pothole, "Dziura w jezdni")
    press(pothole)
    is_answered(page.locator("[data-destination]"), "Trafi do")
    press(page.locator("[data-send]"))
    refusal = page.locator("#error-summary")
    expect(refusal).to_be_focused()
    is_answered(refusal, "Opisz krótko", seen=0.9)
    press(refusal.get_by_role("link", name="Opisz krótko"))
    is_answered(page.locator("#id_description_error"), "Opisz krótko")
    page.keyboard.type("Głęboka dziura przy przejściu.")
    press(side.locator("label").first)
    press(page.locator("[data-send]"))
    page.wait_for_url("**/potwierdzenie/")
    reference = Report.objects.get().reference
    is_answered(page.locator(".number .reference"), reference)
    press(page.get_by_role("link", name="Zobacz stronę zgłoszenia"))
    page.wait_for_url(f"**/status/{reference}/")
    is_answered(page.locator("main header"), "Dziura w jezdni")
    can_be_read(page.locator(".timeline"))
