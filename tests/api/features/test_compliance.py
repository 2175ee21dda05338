"""What others say of the service: the compliance suite ``ogctests`` and GDAL's own driver, live."""

import json
import os
import subprocess
import sys
from xml.etree import ElementTree

import pytest
import shapely
from django.conf import settings
from django.contrib.gis.db.models.functions import Transform
from django.core.management import call_command

from accounts.tokens import make_token
from districts.models import District, Edition
from tests.factories import category, dispatched
from tests.journeys.conftest import site  # noqa: F401
from tests.people import person

PYTHON = settings.BASE_DIR / "var" / "ogc" / "bin" / "python"
# Its other folder tries Part 3 (filters), which the service does not offer.
_FIND = "import ogctests, pathlib; print(pathlib.Path(ogctests.__file__).parent / 'features/core')"
pytestmark = pytest.mark.slow


@pytest.fixture
def service(site, settings) -> str:  # noqa: F811
    settings.SITE_URL = site
    return f"{site}/ogc"


def test_the_compliance_suite_finds_no_fault_and_skips_nothing(service, tmp_path):
    suite = subprocess.check_output([PYTHON, "-c", _FIND], text=True).strip()
    results = tmp_path / "results.xml"
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    command = [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "pytest.ini"]
    run = subprocess.run(
        [*command, "--junit-xml", results, suite],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "INSTANCE_URL": service},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout
    counts = ElementTree.parse(results).getroot().find("testsuite").attrib
    assert [counts[name] for name in ("tests", "failures", "errors", "skipped")] == [
        "29",
        "0",
        "0",
        "0",
    ]


# In a process of its own: GDAL holds Python's lock while it waits for the server in our thread.
_READ = """
import json, sys, pyogrio
service, options = sys.argv[1], json.loads(sys.argv[2])
if "bbox" in options:
    options["bbox"] = tuple(options["bbox"])
layers = [name for name, _kind in pyogrio.list_layers("OAPIF:" + service)]
meta, _ids, shapes, columns = pyogrio.raw.read("OAPIF:" + service, **options)
codes = columns[list(meta["fields"]).index("code")].tolist()
print(json.dumps([layers, codes, [shape.hex() for shape in shapes]]))
"""


def read_by_gdal(service: str, **options) -> tuple[list[str], dict[str, shapely.Geometry]]:
    """The names of the layers, and the shapes of the osiedla by code."""
    asked = json.dumps({"layer": "osiedla", **options})
    command = [sys.executable, "-c", _READ, service, asked]
    layers, codes, shapes = json.loads(subprocess.check_output(command, timeout=120))
    return layers, dict(zip(codes, map(shapely.from_wkb, shapes), strict=True))


def in_database(srid: int) -> dict[str, shapely.Geometry]:
    rows = District.objects.filter(edition=Edition.objects.in_force())
    drawn = rows.annotate(drawn=Transform("boundary", srid))
    return {row.code: shapely.from_wkb(bytes(row.drawn.wkb)) for row in drawn}


@pytest.mark.parametrize("srid", [None, 4326, 3857, 2177, 2178, 2180])
def test_gdal_reads_all_districts_where_they_are(service, srid):
    """GDAL gives longitude or easting first, whatever the authority says."""
    layers, found = read_by_gdal(service, **({"CRS": f"EPSG:{srid}"} if srid else {}))
    assert layers == ["osiedla"]
    stored = in_database(srid or 4326)
    assert found.keys() == stored.keys()
    tolerance = 0.001 if srid and srid != 4326 else 1e-8
    for code, shape in found.items():
        assert shapely.equals_exact(shape, stored[code], tolerance=tolerance)


def test_gdal_asks_for_a_box(service):
    _layers, found = read_by_gdal(service, bbox=[19.4570, 51.7651, 19.4572, 51.7653])
    assert list(found) == ["katedralna"]


# Basic as QGIS and GDAL ask for it, and the header as scripts send it.
_READ_REPORTS = """
import json, sys, pyogrio
service, options = sys.argv[1], json.loads(sys.argv[2])
meta, _ids, shapes, columns = pyogrio.raw.read("OAPIF:" + service, layer="zgloszenia", **options)
references = columns[list(meta["fields"]).index("reference")].tolist()
print(json.dumps(dict(zip(references, [shape.hex() for shape in shapes]))))
"""


@pytest.mark.parametrize("way", ["basic", "bearer"])
def test_gdal_reads_the_reports_that_the_owner_of_a_token_sees(service, way):
    call_command("load_roles")
    member = person("zenon", unit="zdit")
    theirs = [dispatched() for _number in range(3)]
    hidden = dispatched(category=category("inna-sprawa"))
    assert hidden.unit.code != "zdit"
    token = make_token(member, name="QGIS", days=30)
    options = {"USERPWD": f"qgis:{token}"} if way == "basic" else {}
    bearer = {"GDAL_HTTP_AUTH": "BEARER", "GDAL_HTTP_BEARER": token} if way == "bearer" else {}
    command = [sys.executable, "-c", _READ_REPORTS, service, json.dumps(options)]
    answer = subprocess.check_output(command, env=os.environ | bearer, timeout=120)
    found = {key: shapely.from_wkb(shape) for key, shape in json.loads(answer).items()}
    assert found.keys() == {report.reference for report in theirs}
    place = theirs[0].location
    assert shapely.get_coordinates(found[theirs[0].reference]).tolist() == [[place.x, place.y]]


def test_gdal_is_refused_without_a_token(service):
    command = [sys.executable, "-c", _READ_REPORTS, service, "{}"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert run.returncode != 0
    assert "zgloszenia" in run.stderr
