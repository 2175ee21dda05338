"""Reports for staff by OGC API – Features: 200,000 read by GDAL's own driver.

One client, two web processes. GDAL asks page by page with the token of an operator as the password
of HTTP Basic, as QGIS does, and keeps what it reads as rows of memory. The bare query is the same
rows by one statement, without the portal.
"""

import subprocess
import sys
import time

import psycopg

from benchmarks.machine import Portal, machine
from benchmarks.own_reports import fill
from benchmarks.reports import Client

REPORTS = 200_000
_TOKEN = """
from accounts.models import User
from accounts.tokens import make_token
print(make_token(User.objects.get(username="operator"), name="bench", days=30))
"""
# In a process of its own, as GDAL keeps its connections and what it has read.
_READ = """
import sys, time, pyogrio
start = time.perf_counter()
meta, _ids, shapes, columns = pyogrio.raw.read(
    "OAPIF:" + sys.argv[1], layer="zgloszenia", USERPWD="qgis:" + sys.argv[2]
)
print(len(shapes), time.perf_counter() - start)
"""
BARE = """
SELECT r.reference, r.status, r.created_at, r.address, c.code, u.code, ST_AsGeoJSON(r.location, 9)
FROM reports_report r JOIN catalogue_category c ON c.id = r.category_id
LEFT JOIN units_unit u ON u.id = r.unit_id ORDER BY r.id
"""


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=2) as portal:
        Client(portal.url).send()
        fill(portal, reports=REPORTS - 1)
        token = _output(portal, "manage.py", "shell", "-v", "0", "-c", _TOKEN)
        number, seconds = _output(portal, "-c", _READ, f"{portal.url}/ogc", token).split()
        assert int(number) == REPORTS
        bare = _bare_seconds(portal.dsn)
    return [
        (f"{REPORTS:,} reports read by GDAL", f"{float(seconds):.1f} s", "≤ 20 s"),
        ("the same rows by bare SQL", f"{bare:.1f} s", "–"),
    ]


def _output(portal: Portal, *arguments: str) -> str:
    """What Python wrote last in the environment of the portal."""
    command = [sys.executable, *arguments]
    environment = portal.environment | {"GDAL_HTTP_TIMEOUT": "60"}
    done = subprocess.run(
        command, env=environment, cwd=portal.root, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.strip().splitlines()[-1]


def _bare_seconds(dsn: str) -> float:
    with psycopg.connect(dsn) as connection:
        start = time.perf_counter()
        connection.execute(BARE).fetchall()
        return time.perf_counter() - start
