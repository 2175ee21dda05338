"""QGIS itself reads boundaries and reports, and draws vector tiles in our style, without a screen.

It runs where Debian's ``python3-qgis`` and ``qgis-providers`` are installed (165 packages, 1 GB, so
``bin/setup`` does not); ``QGIS_PYTHON`` names another Python that has QGIS.
"""

import json
import os
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.management import call_command

from accounts.tokens import make_token
from districts.models import Edition
from reports.models import Report, Status
from tests.factories import CITY_HALL, category, dispatched, submitted
from tests.journeys.conftest import site  # noqa: F401
from tests.people import person

PYTHON = os.environ.get("QGIS_PYTHON", "/usr/bin/python3")
# Leaves without tidying up: QGIS without a screen crashes then.
_READ = """
import json, os, sys
from qgis.core import QgsApplication, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
source, field = sys.argv[1:]
layer = QgsVectorLayer(source, "layer", "OAPIF")
assert layer.isValid()
boxes = {row[field]: row.geometry().boundingBox() for row in layer.getFeatures()}
corners = {key: [box.xMinimum(), box.yMinimum()] for key, box in boxes.items()}
print(json.dumps(corners), flush=True)
os._exit(0)
"""
# Draws tiles of this source in this style around a place (metres of Web Mercator, half a side), and
# says how often each colour stands there.
_DRAWN = """
import json, os, sys
from collections import Counter
from qgis.core import (QgsApplication, QgsCoordinateReferenceSystem, QgsMapRendererSequentialJob,
    QgsMapSettings, QgsRectangle, QgsVectorTileLayer)
from qgis.PyQt.QtCore import QSize
application = QgsApplication([], False)
application.initQgis()
source, style, x, y, half = sys.argv[1:]
x, y, half = float(x), float(y), float(half)
layer = QgsVectorTileLayer(source, "reports")
assert layer.isValid()
words, is_styled = layer.loadNamedStyle(style)
assert is_styled, words
settings = QgsMapSettings()
settings.setLayers([layer])
settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
settings.setOutputSize(QSize(512, 512))
settings.setExtent(QgsRectangle(x - half, y - half, x + half, y + half))
job = QgsMapRendererSequentialJob(settings)
job.start()
job.waitForFinished()
image = job.renderedImage()
assert not job.errors(), job.errors()
if "QGIS_PICTURES" in os.environ:
    image.save(os.path.join(os.environ["QGIS_PICTURES"], "tiles-%d.png" % half))
points = [image.pixelColor(column, row).name() for column in range(512) for row in range(512)]
print(json.dumps({
    "styles": [one.styleName() for one in layer.renderer().styles()],
    "labels": [one.labelSettings().fieldName for one in layer.labeling().styles()],
    "colours": Counter(points),
}), flush=True)
os._exit(0)
"""
_STYLE = Path(settings.BASE_DIR) / "static" / "qgis" / "reports.qml"


def has_qgis() -> bool:
    try:
        command = [PYTHON, "-c", "import qgis.core"]
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not has_qgis(), reason="python3-qgis is not installed"),
]


@pytest.fixture
def service(site, settings) -> str:  # noqa: F811
    settings.SITE_URL = site
    return f"{site}/ogc/"


def read_by_qgis(source: str, field: str) -> dict[str, list[float]]:
    """West and south of the features, by the value of ``field``."""
    command = [PYTHON, "-c", _READ, source, field]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return json.loads(subprocess.check_output(command, env=environment, timeout=120))


def test_it_reads_the_districts_where_they_are(service):
    found = read_by_qgis(f"typename='osiedla' url='{service}'", "code")
    stored = {
        row.code: row.boundary.extent[:2] for row in Edition.objects.in_force().districts.all()
    }
    assert found.keys() == stored.keys()
    for code, corner in found.items():
        assert corner == pytest.approx(stored[code], abs=1e-8)


def test_it_reads_the_reports_that_the_owner_of_a_token_sees(service):
    call_command("load_roles")
    theirs = dispatched()
    dispatched(category=category("inna-sprawa"))
    token = make_token(person("zenon", unit="zdit"), name="QGIS", days=30)
    source = f"typename='zgloszenia' url='{service}' username='qgis' password='{token}'"
    assert read_by_qgis(source, "reference") == {
        theirs.reference: [theirs.location.x, theirs.location.y]
    }


def drawn_by_qgis(address: str, *, metres: float) -> dict:
    """What lies within ``metres`` of the city hall, in our style."""
    source = f"type=xyz&url={quote(address)}/tiles/reports/{{z}}/{{x}}/{{y}}.mvt&zmin=0&zmax=19"
    middle = CITY_HALL.transform(3857, clone=True)
    place = [str(number) for number in (middle.x, middle.y, metres)]
    command = [PYTHON, "-c", _DRAWN, source, str(_STYLE), *place]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return json.loads(subprocess.check_output(command, env=environment, timeout=120))


def test_it_draws_the_tiles_in_our_style_by_status_from_near_and_with_numbers_from_far(site):  # noqa: F811
    """What each status looks like is its colour in the style."""
    looks = {
        Status.FORWARDED: "#0b63ce",
        Status.IN_PROGRESS: "#b45f06",
        Status.RESOLVED: "#1b7a3d",
        Status.REJECTED: "#5a636e",
    }
    for number, status in enumerate(looks):
        east = CITY_HALL.x + (number - 1.5) * 0.0002
        report = submitted(location=Point(east, CITY_HALL.y, srid=4326))
        Report.objects.filter(pk=report.pk).update(status=status)
    near = drawn_by_qgis(site, metres=60)
    assert len(near["styles"]) == 5
    assert near["labels"] == ["count"]
    assert set(looks.values()) <= {name for name, times in near["colours"].items() if times > 20}
    far = drawn_by_qgis(site, metres=20_000)
    assert not set(looks.values()) & set(far["colours"])
    # One circle, with its number in white.
    assert far["colours"]["#ffffff"] < 512 * 512 - 100
