"""QGIS itself reads boundaries and reports, without a screen.

It runs where Debian's ``python3-qgis`` and ``qgis-providers`` are installed (165 packages, 1 GB, so
``bin/setup`` does not); ``QGIS_PYTHON`` names another Python that has QGIS.
"""

import json
import os
import subprocess

import pytest
from django.core.management import call_command

from accounts.tokens import make_token
from districts.models import Edition
from tests.factories import category, dispatched
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
