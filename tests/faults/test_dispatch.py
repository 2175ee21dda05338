"""Whatever is killed, no acknowledged report is lost and none is forwarded twice."""

from uuid import uuid4

import requests

from tests.faults.machine import wait_for


def body():
    return {
        "submission_id": str(uuid4()),
        "category": "dziura-w-jezdni",
        "description": "Dziura przy przejściu.",
        "location": {"type": "Point", "coordinates": [19.4571, 51.7652]},
        "email": "maria@example.org",
        "consent": True,
    }


def count(machine, status):
    return machine.database.sql("SELECT count(*) FROM reports_report WHERE status = %s", status)[0][
        0
    ]


def forwarded_once(machine, number):
    """Every report has exactly one step to ``forwarded``, and one letter: that it has arrived."""
    steps = machine.database.sql(
        "SELECT count(*), count(DISTINCT report_id) FROM reports_statuschange"
        " WHERE status = 'forwarded'"
    )[0]
    letters = machine.database.sql("SELECT count(*) FROM outbox_letter WHERE key LIKE 'report:%%'")
    return steps == (number, number) and letters[0][0] == number


def test_a_worker_killed_in_the_middle_of_dispatching_is_replaced(machine):
    for _number in range(5):
        assert machine.send(body()).status_code == 201
    with machine.database.connect() as connection, connection.transaction():
        # The worker claims and sends, but it cannot record the outcome, because the reports are
        # locked.
        connection.execute("SELECT 1 FROM reports_report FOR UPDATE")
        machine.start_worker()
        machine.start_beat()
        claimed = "SELECT count(*) FROM reports_dispatch WHERE leased_until IS NOT NULL"
        wait_for(lambda: machine.database.sql(claimed) == [(5,)], what="claimed")
        machine.kill("worker")
    assert count(machine, "forwarded") == 0
    machine.start_worker()
    wait_for(lambda: count(machine, "forwarded") == 5, what="forwarded by the next worker")
    assert forwarded_once(machine, 5)


def test_reports_are_accepted_without_a_broker_and_dispatched_after(machine):
    machine.start_worker()
    machine.start_beat()
    machine.kill("redis")
    answers = [machine.send(body()) for _number in range(5)]
    assert [answer.status_code for answer in answers] == [201] * 5
    assert max(answer.elapsed.total_seconds() for answer in answers[1:]) < 5
    machine.start_redis()
    wait_for(lambda: count(machine, "forwarded") == 5, what="forwarded after the broker's return")
    assert forwarded_once(machine, 5)


def test_a_database_that_loses_power_loses_no_acknowledged_report(machine):
    machine.start_worker()
    machine.start_beat()
    acknowledged, unsure = [], []
    for number in range(12):
        if number == 4:
            machine.database.stop()
        if number == 7:
            machine.database.start()
        values = body()
        try:
            answer = machine.send(values)
        except requests.ConnectionError:
            unsure.append(values)
            continue
        assert answer.status_code in (201, 503), answer.text
        (acknowledged if answer.status_code == 201 else unsure).append(values)
    assert len(acknowledged) >= 8
    assert unsure
    for values in unsure:
        assert machine.send(values).status_code in (200, 201)
    wait_for(lambda: count(machine, "forwarded") == 12, what="all forwarded after the restart")
    assert machine.database.sql("SELECT count(*) FROM reports_report") == [(12,)]
    assert forwarded_once(machine, 12)
