"""The clock of a report's time limit, which stands while its sender is asked something. The callers
lock the report.
"""

from datetime import datetime

from django.utils import timezone

from catalogue.deadlines import working_days_after, working_days_between

from .changing import save_change
from .models import Report, SenderQuestion

_CLOCK = ("asked_on", "stopped_days", "expected_by")


def begin_question(locked: Report, *, text: str, by) -> SenderQuestion:
    """Append a question to the sender, and stop the clock."""
    question = SenderQuestion.objects.create(report=locked, by=by, text=text, at=timezone.now())
    locked.asked_on = timezone.localdate(question.at)
    save_change(locked, *_CLOCK)
    return question


def end_question(locked: Report) -> None:
    """End the open question of the report, if it has one. The clock goes on, and the time limit
    moves by the working days that passed.
    """
    if locked.asked_on is None:
        return
    now = timezone.now()
    locked.questions.open().update(ended_at=now)
    days = working_days_between(locked.asked_on, timezone.localdate(now))
    locked.stopped_days += days
    if locked.expected_by is not None:
        locked.expected_by = working_days_after(locked.expected_by, days)
    locked.asked_on = None
    save_change(locked, *_CLOCK)


def resume_question(locked: Report, *, ended_since: datetime) -> None:
    """Open again the question of the report that ended unanswered since ``ended_since``, if one
    did. The clock stands again from today on.
    """
    question = locked.questions.filter(ended_at__gte=ended_since, answer=None).last()
    if question is None:
        return
    question.ended_at = None
    question.save(update_fields=["ended_at"])
    locked.asked_on = timezone.localdate()
    save_change(locked, "asked_on")
