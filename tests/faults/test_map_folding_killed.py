"""The worker that adds up the numbers of the map is killed, at each of its steps, and two work at
once: no change is lost or counted twice.
"""

import signal
import subprocess
import sys

from tests.faults.machine import ROOT, Machine, wait_for
from tests.faults.test_dispatch import body

COPIES = 3_000
COPY = f"""
INSERT INTO reports_report (reference, submission_id, {{columns}})
SELECT lpad((n + %s)::text, 10, '0'), gen_random_uuid(), {{columns}}
FROM (SELECT * FROM reports_report ORDER BY id LIMIT 1) one, generate_series(1, {COPIES}) AS n
"""
COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
WHERE table_name = 'reports_report' AND column_name NOT IN ('id', 'reference', 'submission_id')
"""
NUMBERS = """
SELECT (SELECT coalesce(sum(total), 0) FROM maps_summarycell WHERE level = 0 AND category = 0)
    + (SELECT coalesce(sum(sign), 0) FROM maps_summarychange),
    (SELECT count(*) FROM reports_report)
"""
# One batch on a day further on; the process ends itself hard after so many statements.
FOLD = """
import os, signal
from datetime import timedelta
from django.db import connection
from django.utils import timezone
from maps.summary.folding import fold
today = timezone.localdate()
timezone.localdate = lambda *given: today + timedelta(days={days})
done = []
def count(execute, *asked):
    answer = execute(*asked)
    done.append(asked)
    if len(done) == {step}:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
with connection.execute_wrapper(count):
    fold(most=500)
print(len(done))
"""
FOLD_ALL = "from maps.summary.folding import fold\nwhile fold(most=50): pass"


def copy_reports(machine: Machine, *, beginning: int = 0) -> None:
    if not machine.database.sql("SELECT 1 FROM reports_report"):
        machine.send(body())
    ((columns,),) = machine.database.sql(COLUMNS)
    machine.database.sql(COPY.format(columns=columns), beginning)


def assert_nothing_lost(machine: Machine) -> None:
    ((counted, there),) = machine.database.sql(NUMBERS)
    assert counted == there


def log(machine: Machine) -> int:
    return machine.database.sql("SELECT count(*) FROM maps_summarychange")[0][0]


def fold_until(machine: Machine, *, step: int, days: int) -> subprocess.CompletedProcess:
    script = FOLD.format(step=step, days=days)
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", script]
    return subprocess.run(
        command, cwd=ROOT, env=machine.environment, capture_output=True, text=True, check=False
    )


def test_killed_after_any_statement_it_loses_nothing(machine):
    copy_reports(machine)
    step, days = 1, 1
    while True:
        before = log(machine)
        done = fold_until(machine, step=step, days=days)
        assert_nothing_lost(machine)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        assert log(machine) == before
        step, days = step + 1, days + 40
    # The row was locked, the periods moved on, the batch folded.
    assert step > 3
    assert log(machine) == before - 500
    machine.manage("shell", "-v", "0", "-c", FOLD_ALL)
    assert log(machine) == 0
    machine.manage("check_map")


def test_two_at_once_one_of_which_is_killed_count_everything_once(machine):
    copy_reports(machine)
    for name in ("first", "second"):
        machine.start(name, sys.executable, "manage.py", "shell", "-v", "0", "-c", FOLD_ALL)
    wait_for(lambda: log(machine) < COPIES, what="a batch is folded")
    copy_reports(machine, beginning=COPIES)
    machine.kill("first")
    assert_nothing_lost(machine)
    machine.processes.pop("second").wait()
    machine.manage("shell", "-v", "0", "-c", FOLD_ALL)
    assert log(machine) == 0
    assert_nothing_lost(machine)
    machine.manage("check_map")
