"""Firefox does what the other journeys show in Chromium."""

import json
import os
import subprocess
from pathlib import Path

from reports.models import Report
from tests.pictures import jpeg

SCRIPT = Path(__file__).with_name("firefox.mjs")
FIREFOX = os.environ.get("FIREFOX", "/usr/bin/firefox-esr")


def test_a_report_is_drafted_kept_and_sent_in_firefox(site, tmp_path):
    photo = tmp_path / "dziura.jpg"
    photo.write_bytes(jpeg())
    done = subprocess.run(
        ["node", str(SCRIPT), site, str(photo)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"FIREFOX": FIREFOX, "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    seen = json.loads(done.stdout)
    report = Report.objects.get()
    assert seen["receipt"] == report.reference
    assert seen["faults"] == []
    assert seen["worker"].endswith("-pl")
    assert report.photos.count() == 1
