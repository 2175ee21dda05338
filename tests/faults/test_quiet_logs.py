"""Whatever fails, no log of any part holds what people typed."""

import os
import signal
import sys
import threading
from contextlib import suppress
from uuid import uuid4

import psycopg
import pytest
import requests

from tests.faults.machine import Machine, wait_for

MARKS = ("TAJNY-OPIS", "TAJNY-ADRES", "tajna.osoba")


def body(**changes) -> dict:
    values = {
        "submission_id": str(uuid4()),
        "category": "dziura-w-jezdni",
        "description": "Dziura.\nTAJNY-OPIS, druga linia.\n\nDETAIL: TAJNY-OPIS",
        "location": {"type": "Point", "coordinates": [19.4571, 51.7652]},
        "address": "TAJNY-ADRES 7",
        "email": f"tajna.osoba{uuid4().hex[:8]}@example.org",
        "consent": True,
    }
    return values | changes


def told(machine: Machine) -> list[str]:
    """The lines of all logs that hold one of the marks."""
    logs = [*machine.folder.glob("*.log"), machine.folder / "database" / "log"]
    assert {log.name for log in logs} >= {"web.log", "worker.log", "redis.log", "sink.log", "log"}
    lines = [line for log in logs for line in log.read_text(errors="replace").splitlines()]
    assert any("DETAIL: –" in line for line in lines), "some failure was logged without its values"
    assert any("deadlock detected" in line for line in lines)
    return [line for line in lines if any(mark in line for mark in MARKS)]


@pytest.fixture
def refusing(machine):
    """``refusing(table)``: the database takes no new row of that table."""
    tables = []

    def refuse(table: str) -> None:
        tables.append(table)
        machine.database.sql(f"ALTER TABLE {table} ADD CONSTRAINT broken CHECK (id < 0) NOT VALID")

    def allow() -> None:
        while tables:
            machine.database.sql(f"ALTER TABLE {tables.pop()} DROP CONSTRAINT broken")

    refuse.allow = allow
    yield refuse
    allow()


def test_no_log_holds_what_people_typed(machine, refusing):
    start_sink(machine)
    machine.start_worker()
    repeats_and_bad_input(machine)
    constraints_in_the_web(machine, refusing)
    letters_leave(machine)
    constraints_in_the_worker(machine, refusing)
    killed_worker(machine)
    deadlock(machine)
    timeout(machine)
    ended_backend(machine)
    killed_backend(machine)
    assert told(machine) == []


def start_sink(machine: Machine) -> None:
    folder = machine.folder / "mail"
    command = [sys.executable, "manage.py", "smtp_sink"]
    os.environ["MAIL_SINK_DIR"] = str(folder)
    try:
        machine.start("sink", *command)
    finally:
        del os.environ["MAIL_SINK_DIR"]


def repeats_and_bad_input(machine: Machine) -> None:
    sent = body()
    statuses = [machine.send(sent).status_code for _turn in range(2)]
    statuses.append(machine.send(sent | {"description": "TAJNY-OPIS inny"}).status_code)
    at_once = body()
    threads = [threading.Thread(target=machine.send, args=[at_once]) for _turn in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for wrong in (
        {"description": "TAJNY-OPIS\0"},
        {"description": "TAJNY-OPIS \ud800"},
        {"description": "TAJNY-OPIS" * 1000},
        {"email": "tajna.osoba@"},
        {"address": "TAJNY-ADRES" * 50},
        {"category": "TAJNY-OPIS"},
        {"answers": {"TAJNY-OPIS": ["TAJNY-OPIS"]}, "photos": ["TAJNY-OPIS"]},
    ):
        statuses.append(machine.send(body(**wrong)).status_code)
    form = {"description": "TAJNY-OPIS", "email": "tajna.osoba", "place": "TAJNY-ADRES 1"}
    for files in (None, {"files": ("TAJNY-OPIS.jpg", b"TAJNY-OPIS")}):
        answer = requests.post(f"{machine.url}/zgloszenia/nowe/", form, files=files, timeout=20)
        statuses.append(answer.status_code)
    search = f"{machine.url}/api/v1/addresses/?q=TAJNY-ADRES"
    statuses.append(requests.get(search, timeout=20).status_code)
    assert statuses[:3] == [201, 200, 409]
    assert max(statuses) < 500


def constraints_in_the_web(machine: Machine, refusing) -> None:
    for table in ("reports_report", "reports_contact", "outbox_letter"):
        refusing(table)
        assert machine.send(body()).status_code == 500
        refusing.allow()


def letters_leave(machine: Machine) -> None:
    machine.send(body())
    machine.start_beat()
    folder = machine.folder / "mail"
    wait_for(lambda: any(one.is_file() for one in folder.rglob("*")), what="a letter arrives")


def constraints_in_the_worker(machine: Machine, refusing) -> None:
    """The worker's own statement fails: it writes a letter to the sender about the new status."""
    refusing("reports_statuschange")
    with machine.database.connect() as connection:
        report = connection.execute("SELECT max(id) FROM reports_report").fetchone()[0]
        connection.execute(
            "UPDATE reports_dispatch SET state = 'owed', next_attempt_at = now(),"
            " leased_until = null WHERE report_id = %s",
            [report],
        )
    worker = machine.folder / "worker.log"
    wait_for(lambda: "DETAIL: –" in worker.read_text(), what="the worker tells of its failure")
    refusing.allow()


def killed_worker(machine: Machine) -> None:
    machine.send(body())
    machine.kill("worker")
    machine.start_worker()


def deadlock(machine: Machine) -> None:
    keys = [row[0] for row in machine.database.sql("SELECT id FROM reports_report LIMIT 2")]
    meet = threading.Barrier(2)

    def cross(first: int, second: int) -> None:
        connection = machine.database.connect()
        with suppress(psycopg.errors.DeadlockDetected), connection, connection.transaction():
            update(connection, first)
            meet.wait()
            update(connection, second)

    threads = [threading.Thread(target=cross, args=pair) for pair in (keys, keys[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def update(connection: psycopg.Connection, key: int) -> None:
    text = "UPDATE reports_report SET address = %s || 'TAJNY-ADRES' WHERE id = %s"
    connection.execute(text, ["TAJNY-ADRES", key])


def timeout(machine: Machine) -> None:
    for setting in ("statement_timeout", "lock_timeout"):
        with machine.database.connect() as holder, holder.transaction():
            holder.execute("LOCK TABLE reports_report IN ACCESS EXCLUSIVE MODE")
            with machine.database.connect() as waiter:
                waiter.execute(f"SET {setting} = '200ms'")
                with suppress(psycopg.Error):
                    update(waiter, 1)


def waiting_backend(machine: Machine) -> int:
    """The process of a backend that waits for a lock while it inserts a report."""

    def found() -> list[tuple]:
        return machine.database.sql(
            "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            " AND query ILIKE '%%INSERT INTO reports_report%%'"
        )

    wait_for(lambda: bool(found()), what="a report waits to be written")
    return found()[0][0]


def sent_while_locked(machine: Machine, strike) -> None:
    """A report waits for the table; ``strike(pid)`` ends the backend that would write it."""
    answers = []
    with suppress(psycopg.Error), machine.database.connect() as holder, holder.transaction():
        holder.execute("LOCK TABLE reports_report IN SHARE MODE")
        sender = threading.Thread(target=lambda: answers.append(machine.send(body())))
        sender.start()
        strike(waiting_backend(machine))
        sender.join()
    assert answers[0].status_code == 503


def ended_backend(machine: Machine) -> None:
    end = "SELECT pg_terminate_backend(%s)"
    sent_while_locked(machine, lambda pid: machine.database.sql(end, pid))


def killed_backend(machine: Machine) -> None:
    """The server tells which statement a process was running when it was killed."""
    sent_while_locked(machine, lambda pid: os.kill(pid, signal.SIGKILL))

    def is_back() -> bool:
        try:
            return requests.get(f"{machine.url}/readyz", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    wait_for(is_back, what="the database recovers")
