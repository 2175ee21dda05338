"""The marks of reports, by looking at each in Python."""

from collections import Counter

from django.utils import timezone

from reports.models import Mark, Report, Status
from reports.models.report import FINAL
from reports.tallies.reading import EPOCH

_ANSWERS = (Status.IN_PROGRESS, Status.RESOLVED, Status.REJECTED, Status.PASSED_ON)
_CLOSING = (Status.RESOLVED, Status.REJECTED, Status.PASSED_ON)


def marks_of(report: Report) -> Counter:
    sent = timezone.localdate(report.created_at)
    steps = [(step.status, step.at) for step in report.changes.order_by("at", "id")]
    found = Counter({(Mark.RECEIVED, 0): 1})

    def days(instant) -> int:
        return max((timezone.localdate(instant) - sent).days, 0)

    answers = [at for status, at in steps if status in _ANSWERS]
    closings = [at for status, at in steps if status in _CLOSING]
    if answers:
        found[Mark.ANSWERED, days(answers[0])] += 1
    if report.status == Status.RESOLVED:
        found[Mark.RESOLVED, days([at for s, at in steps if s == Status.RESOLVED][-1])] += 1
    if report.status not in FINAL:
        found[Mark.OPEN, 0] += 1
        asked = report.asked_on
        if report.expected_by and not (asked and report.expected_by >= asked):
            found[Mark.DUE, (report.expected_by - EPOCH).days] += 1
    if closings:
        found[Mark.CLOSED, 0] += 1
        if any(status not in FINAL and at > closings[0] for status, at in steps):
            found[Mark.REOPENED, 0] += 1
    if verdict := report.verdicts.order_by("at", "id").last():
        found[Mark.FIXED if verdict.is_fixed else Mark.BROKEN, 0] += 1
    return found


def recounted(key) -> dict:
    """Marks by what ``key`` says of a report; hidden ones are not counted."""
    found: dict = {}
    for report in Report.objects.public():
        found.setdefault(key(report), Counter()).update(marks_of(report))
    return {one: dict(marks) for one, marks in found.items()}
