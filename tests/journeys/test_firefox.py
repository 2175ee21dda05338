"""Firefox does what the other journeys show in Chromium."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from districts.locating import locate
from maps.basemap.installing import path_of
from maps.following.models import Watch
from maps.following.sending import send_digests
from outbox.models import Letter
from reports.models import Report, Status
from tests.factories import submitted
from tests.journeys.test_base_map import DAMAGES, FAILED
from tests.journeys.test_place import near_border
from tests.journeys.test_public_map import text_of
from tests.pictures import jpeg

SCRIPT = Path(__file__).with_name("firefox.mjs")
FIREFOX = os.environ.get("FIREFOX", "/usr/bin/firefox-esr")


@pytest.fixture
def firefox(site, tmp_path):
    """``firefox(journey, **options)`` walks a journey of the script and returns what it saw."""

    def walk(journey: str, **options) -> dict:
        done = subprocess.run(
            ["node", str(SCRIPT), journey, json.dumps({"site": site} | options)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env=os.environ | {"FIREFOX": FIREFOX, "HOME": str(tmp_path)},
        )
        assert done.returncode == 0, done.stderr[-2000:]
        seen = json.loads(done.stdout)
        assert seen["faults"] == []
        return seen

    return walk


def test_a_report_is_drafted_kept_and_sent_in_firefox(firefox, tmp_path):
    photo = tmp_path / "dziura.jpg"
    photo.write_bytes(jpeg())
    seen = firefox("draft", photo=str(photo))
    report = Report.objects.get()
    assert seen["receipt"] == report.reference
    assert seen["worker"].endswith("-pl")
    assert report.photos.count() == 1


def test_a_report_outlives_a_cut_network_and_lost_answers_and_is_one(firefox):
    seen = firefox("cut")
    assert seen["shell"]
    assert seen["while_cut"] == 0
    assert f"/{Report.objects.get().reference}/" in seen["receipt"]


def test_near_a_border_firefox_asks_for_the_side_and_it_decides(firefox):
    point = near_border()
    placement = locate(point)
    seen = firefox("border", point=f"{point.y}, {point.x}", side=placement.neighbour.code)
    assert {side.split(" – ")[1] for side in seen["sides"]} == {
        placement.district.name,
        placement.neighbour.name,
    }
    assert seen["drawn"] == 2
    report = Report.objects.get()
    assert report.reference == seen["receipt"]
    assert report.district.code == placement.neighbour.code


def test_the_whole_form_goes_by_keyboard_in_firefox(firefox):
    seen = firefox("keyboard")
    report = Report.objects.get()
    assert report.reference == seen["receipt"]
    assert seen["moved"] > seen["chosen"]
    assert report.location.y == pytest.approx(seen["moved"], abs=1e-6)
    assert report.category.code == "dziura-w-jezdni"


@pytest.mark.parametrize("by_keys", [False, True], ids=["pointer", "keyboard"])
def test_what_goes_on_around_an_address_is_found_followed_and_ended_in_firefox(firefox, by_keys):
    Report.objects.filter(pk=submitted().pk).update(status=Status.RESOLVED)
    submitted()
    seen = firefox("around", byKeys=by_keys)
    assert seen["shown"] == "2"
    assert "status=zalatwione" in seen["address"]
    assert "bbox=" in seen["address"]
    watch = Watch.objects.get()
    assert (watch.metres, watch.is_waiting) == (250, True)
    assert watch.centre.distance(Report.objects.last().location) * 111_320 < 100
    press(firefox, "watches:", r"/mapa/obserwowane/\S+", "[value=confirm]", by_keys)
    submitted()
    assert send_digests() == 1
    said = press(firefox, "watch:", r"/mapa/koniec/\S+", "main [type=submit]", by_keys)
    assert said == "Nie wyślemy więcej wiadomości"
    assert Watch.objects.count() == 0


def press(firefox, letter: str, link: str, button: str, by_keys: bool) -> str:
    text = text_of(Letter.objects.get(key__startswith=letter))
    path = re.search(link, text)[0]
    return firefox("answer", path=path, button=button, byKeys=by_keys)["heading"]


def test_firefox_draws_the_streets_and_shows_the_reports_without_them_too(firefox, town_in_force):
    west, south, east, north = submitted().location.buffer(0.004).extent
    box = f"{west:.5f},{south:.5f},{east:.5f},{north:.5f}"
    shown = {"marks": 1, "total": "1 zgłoszenie", "faults": []}
    assert firefox("streets", box=box) == shown | {"said": []}
    DAMAGES["damaged"](path_of(town_in_force))
    assert firefox("streets", box=box, damaged=True) == shown | {"said": [FAILED]}
