import pytest

from tests.faults.machine import running


@pytest.fixture(scope="session")
def whole_machine():
    with running() as machine:
        yield machine


@pytest.fixture
def machine(whole_machine):
    """The machine without workers and beat, before anything was sent."""
    yield whole_machine
    for name in ("worker", "photos", "beat"):
        if name in whole_machine.processes:
            whole_machine.kill(name)
    whole_machine.database.sql("TRUNCATE reports_report, reports_photo, outbox_letter CASCADE")
