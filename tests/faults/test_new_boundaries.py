"""New boundaries bind the next request in processes that run, and re-routing may be killed."""

import json
import sys

import requests

from tests.faults.machine import ROOT, Machine, wait_for
from tests.faults.test_dispatch import body

# The annex gives this category in katedralna to ZDiT, and elsewhere to WGK.
PAVEMENT = "uszkodzony-chodnik"
HERE = {"lat": 51.7652, "lon": 19.4571, "category": PAVEMENT}
COPIES = 1_500
COPY = f"""
WITH copied AS (
    INSERT INTO reports_report (reference, submission_id, {{columns}})
    SELECT lpad(n::text, 10, '0'), gen_random_uuid(), {{columns}}
    FROM reports_report, generate_series(1, {COPIES}) AS n RETURNING id
)
INSERT INTO reports_assignment (report_id, {{more}})
SELECT copied.id, {{more}} FROM copied, reports_assignment
"""
REROUTE = "from reports.handling.rerouting import reroute_due; reroute_due()"
PUBLISH = """
from pathlib import Path
from districts.editions.publishing import publish_edition
publish_edition(Path({path!r}))
"""
RETURN = """
from districts.editions.activating import return_to_previous
from districts.models import Layer
return_to_previous(Layer.objects.get(pk="osiedla"), by=None)
"""


def exchanged(folder) -> str:
    """The file of an edition in which katedralna lies where łagiewniki lay."""
    source = ROOT / "fixtures" / "lodz_districts.geojson"
    collection = json.loads(source.read_text()) | {"edition": "2099-01"}
    of = {row["properties"]["code"]: row for row in collection["features"]}
    one, other = of["katedralna"], of["lagiewniki"]
    one["geometry"], other["geometry"] = other["geometry"], one["geometry"]
    points = [row["properties"]["label_point"] for row in (one, other)]
    other["properties"]["label_point"], one["properties"]["label_point"] = points
    path = folder / "exchanged.geojson"
    path.write_text(json.dumps(collection))
    return str(path)


def run(machine: Machine, script: str) -> None:
    machine.manage("shell", "-v", "0", "-c", script)


def asked(machine: Machine) -> tuple[str, str]:
    answer = requests.get(f"{machine.url}/api/v1/locate/", HERE, timeout=30).json()
    return answer["edition"], answer["unit"]["code"]


def copy_reports(machine: Machine) -> None:
    names = "SELECT string_agg(column_name, ', ') FROM information_schema.columns"
    names += " WHERE table_name = %s AND column_name <> ALL(%s)"
    [[columns]] = machine.database.sql(
        names, "reports_report", ["id", "reference", "submission_id"]
    )
    [[more]] = machine.database.sql(names, "reports_assignment", ["id", "report_id"])
    machine.database.sql(COPY.format(columns=columns, more=more))


def count(machine: Machine, where: str) -> int:
    return machine.database.sql(f"SELECT count(*) FROM reports_assignment WHERE {where}")[0][0]


def test_an_edition_binds_the_next_request_and_killed_re_routing_goes_on(machine, tmp_path):
    assert asked(machine)[1] == "zdit"
    assert machine.send(body() | {"category": PAVEMENT}).json()["unit"]["code"] == "zdit"
    copy_reports(machine)
    run(machine, PUBLISH.format(path=exchanged(tmp_path)))
    assert asked(machine) == ("2099-01", "wgk")
    machine.start("rerouting", sys.executable, "manage.py", "shell", "-v", "0", "-c", REROUTE)
    wait_for(lambda: count(machine, "activation_id IS NOT NULL") > 0, what="a batch is written")
    machine.kill("rerouting")
    done = count(machine, "activation_id IS NOT NULL")
    assert 0 < done <= COPIES
    # Its lease ends; here at once.
    machine.database.sql("UPDATE reports_rerouting SET leased_until = now()")
    run(machine, REROUTE)
    assert count(machine, "activation_id IS NOT NULL") == COPIES + 1
    assert count(machine, "true") == 2 * (COPIES + 1)
    unit = "SELECT DISTINCT u.code FROM reports_report r JOIN units_unit u ON u.id = r.unit_id"
    assert machine.database.sql(unit) == [("wgk",)]
    run(machine, RETURN)
    assert asked(machine)[1] == "zdit"
    machine.start_worker()
    machine.start_beat()
    wait_for(lambda: machine.database.sql(unit) == [("zdit",)], what="the worker brings all back")
    assert count(machine, "true") == 3 * (COPIES + 1)
