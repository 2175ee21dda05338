"""The database takes no writes for a while, and nobody told the portal before. Pages are read,
nothing is lost, and work goes on afterwards.
"""

import pytest
import requests

from tests.faults.machine import wait_for
from tests.faults.test_dispatch import body, count, forwarded_once

READS_ONLY = "ALTER DATABASE portal SET default_transaction_read_only = {}"
# It waits until they have ended: one that is about to end still answers, and then breaks.
END_CONNECTIONS = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = 'portal' AND pid <> pg_backend_pid()
"""


@pytest.fixture
def read_only(machine):
    """Switches the whole database over: ``read_only("on")``."""

    def switch(value: str) -> None:
        machine.database.sql(READS_ONLY.format(value), database="postgres")
        machine.database.sql(END_CONNECTIONS)

    yield switch
    switch("off")


def test_pages_are_read_reports_wait_and_work_goes_on_afterwards(machine, read_only):
    reference = machine.send(body()).json()["reference"]
    owed = body()
    assert machine.send(owed).status_code == 201
    read_only("on")
    machine.start_worker()
    machine.start_beat()
    for path in ("/", "/status/", f"/status/{reference}/", "/regulamin/", "/mapa/"):
        assert requests.get(f"{machine.url}{path}", timeout=20).status_code == 200, path
    late = body()
    refused = machine.send(late)
    assert (refused.status_code, refused.json()["code"]) == (503, "read_only")
    assert refused.headers["Retry-After"]
    # The worker looks for what is owed, and leaves it alone.
    wait_for(lambda: "task_waits_for_end_of_break" in log(machine), what="a task waits")
    assert count(machine, "forwarded") == 0
    read_only("off")
    # The device asks again, as it was told; its connections may all be new ones.
    wait_for(lambda: machine.send(late).status_code == 201, what="the late one is taken")
    # The repeat of one that was taken before is still that one.
    assert machine.send(owed).status_code == 200
    wait_for(lambda: count(machine, "forwarded") == 3, what="all are forwarded")
    assert forwarded_once(machine, 3)


def log(machine) -> str:
    return (machine.folder / "worker.log").read_text()
