import pytest

from tests.faults.machine import running


@pytest.fixture(scope="session")
def whole_machine():
    with running() as machine:
        yield machine


@pytest.fixture
def machine(whole_machine):
    """The machine without worker and beat, before anything was sent."""
    yield whole_machine
    for name in ("worker", "beat"):
        if name in whole_machine.processes:
            whole_machine.kill(name)
    whole_machine.database.sql("TRUNCATE reports_report, outbox_letter CASCADE")
