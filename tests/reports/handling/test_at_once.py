"""Two people act at once: no deadlock, and nothing counts twice."""

import threading

from django.db import OperationalError, connection

from reports.dispatch.dispatching import dispatch_due
from reports.handling.correcting import forward
from reports.intake.following import follow
from reports.models import Contact
from tests.factories import submitted
from units.models import Unit


def test_following_twice_at_once_is_following_once(committed):
    report, begin, faults = submitted(), threading.Barrier(6), []

    def press(number: int) -> None:
        begin.wait()
        try:
            follow(report, follower=f"{number:064}", email="maria@example.org", consent=True)
        except Exception as fault:
            faults.append(fault)
        connection.close()

    together([lambda number=number: press(number) for number in range(6)])
    assert faults == []
    assert Contact.objects.count() == 1
    assert report.follows.count() == 6


def together(acts) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_forwarding_while_it_is_sent_locks_nobody_out(committed):
    unit = Unit.objects.get(code="wgk")
    for _number in range(15):
        report, begin, faults = submitted(), threading.Barrier(2), []

        def run(act, begin=begin, faults=faults) -> None:
            begin.wait()
            try:
                act()
            except OperationalError as fault:
                faults.append(fault)
            connection.close()

        acts = [
            lambda: run(dispatch_due),
            lambda report=report: run(lambda: forward(report, unit, by=None)),
        ]
        together(acts)
        assert faults == []
