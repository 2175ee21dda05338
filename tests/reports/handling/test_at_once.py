"""Two people act at once: no deadlock, and nothing counts twice."""

import threading

from django.db import OperationalError, connection, transaction

from accounts.models import AuditEntry, Role, User
from reports.changing import StaleReport
from reports.dispatch.dispatching import dispatch_due
from reports.handling.correcting import forward
from reports.handling.status import change_status
from reports.intake.following import follow
from reports.models import Contact, Report, Status
from tests.accounts.letters import letters_to
from tests.factories import dispatched, staffed, submitted
from tests.faults.machine import wait_for
from tests.locks import number_waiting
from tests.people import person
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


def test_of_two_people_who_press_at_one_moment_the_slower_one_is_refused(committed):
    people = {
        person("zenon", unit="zdit"): Status.RESOLVED,
        person("olga", role=Role.OPERATOR): Status.REJECTED,
    }
    report = dispatched(email="maria@example.org", consent=True)
    seen, done, refused = report.version, [], []

    def press(by: User, to: str) -> None:
        try:
            change_status(report, to, by=by, note="Odpowiedź.", seen_version=seen)
            done.append(by)
        except StaleReport:
            refused.append(by)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=row) for row in people.items()]
    # Both have pressed and wait for the row before either of them gets it.
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report.pk)
        for thread in threads:
            thread.start()
        wait_for(lambda: number_waiting() == 2, what="both wait for the row")
    for thread in threads:
        thread.join()
    assert (len(done), len(refused)) == (1, 1)
    stored = Report.objects.get(pk=report.pk)
    assert (stored.status, stored.version) == (people[done[0]], seen + 1)
    assert [step.status for step in stored.changes.all()] == [
        "received",
        "forwarded",
        people[done[0]],
    ]
    assert AuditEntry.objects.get().actor == done[0]
    assert len(letters_to("maria@example.org")) == 2


def test_forwarding_while_it_is_sent_locks_nobody_out(committed):
    unit = Unit.objects.get(code="wgk")
    staffed()
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
