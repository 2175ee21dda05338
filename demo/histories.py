"""Invents what happened to a report: steps and sendings that the workflow allows. Pure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from accounts.models import User
from catalogue.models import RoutingRule
from catalogue.routing import RoutingDecision
from reports.handling.workflow import ALLOWED
from reports.models import Dispatch, Status
from units.models import Unit

from .content import Content, Matter
from .moments import next_office_moment

# How a unit ends its work, and how often of a hundred; None: it has not ended.
_OUTCOMES = {
    Status.RESOLVED: 72,
    Status.REJECTED: 7,
    Status.PASSED_ON: 6,
    Status.DUPLICATE: 5,
    None: 10,
}
_REFUSED = "550 5.1.1 skrzynka odbiorcy nie istnieje"
_BUSY = "451 4.3.2 serwer chwilowo nie przyjmuje poczty"


@dataclass(slots=True)
class Sending:
    """An assignment and the outcome of its dispatch."""

    decision: RoutingDecision
    at: datetime
    by: User | None = None
    reason: str = ""
    state: str = Dispatch.State.DONE
    attempts: int = 0
    error: str = ""
    ended_at: datetime | None = None
    next_attempt_at: datetime | None = None


@dataclass(slots=True)
class _Step:
    """A change of status by ``unit``; ``by`` is None for the system."""

    status: str
    at: datetime
    unit: Unit
    by: User | None = None
    note: str = ""


@dataclass(slots=True)
class Story:
    """The history of one report: its status is the last step's, its unit the last sending's.

    ``staff``: who answers for a unit, by the unit's code.
    """

    rng: Random
    content: Content
    matter: Matter
    now: datetime
    staff: dict[str, User]
    sendings: list[Sending] = field(default_factory=list)
    steps: list[_Step] = field(default_factory=list)

    @property
    def unit(self) -> Unit:
        return self.sendings[-1].decision.unit

    def add_step(self, status: str, at: datetime, *, by=None, note: str = "") -> bool:
        """Append a step, unless it would lie in the future; tells whether it was appended."""
        if at > self.now:
            return False
        if self.steps and status not in ALLOWED[self.steps[-1].status]:
            raise ValueError(f"{self.steps[-1].status} → {status} is not allowed")
        self.steps.append(_Step(status, at, self.unit, by, note))
        return True

    def answering_person(self) -> User | None:
        """The unit's member, or the operator, who enters what units answer by e-mail."""
        return self.staff.get(self.unit.code) or self.staff.get("operator")


def begin_story(
    story: Story, decision: RoutingDecision, created: datetime, trouble: str = ""
) -> None:
    """The report is received and dispatched.

    ``trouble``: ``refused`` if the unit's mail server refuses the letter for good, ``busy`` if it
    does so for now.
    """
    sent = created + timedelta(seconds=story.rng.uniform(2, 40))
    sending = Sending(decision, created, ended_at=sent)
    story.sendings.append(sending)
    story.add_step(Status.RECEIVED, created)
    if trouble == "busy":
        sending.state, sending.attempts, sending.error = Dispatch.State.OWED, 5, _BUSY
        sending.ended_at, sending.next_attempt_at = None, story.now + timedelta(minutes=50)
    elif trouble == "refused":
        sending.state, sending.attempts, sending.error = Dispatch.State.FAILED, 1, _REFUSED
        story.add_step(Status.WITH_OPERATOR, sent)
    else:
        by_operator = decision.mode == RoutingRule.Mode.OPERATOR
        story.add_step(Status.WITH_OPERATOR if by_operator else Status.FORWARDED, sent)


def continue_story(story: Story, days: float, forward_to: Unit) -> None:
    """The unit works on the report for about ``days``, as far as they have passed by now."""
    rng = story.rng
    start = story.steps[-1].at
    if story.steps[-1].status == Status.WITH_OPERATOR:
        # A few reports wait too long for the operator.
        if rng.random() < 0.2:
            return
        start = next_office_moment(rng, start + timedelta(hours=rng.uniform(1, 72)))
        if start > story.now:
            return
        _forward_report(story, forward_to, start)
    taken = next_office_moment(rng, start + timedelta(days=days * rng.uniform(0.1, 0.5), minutes=9))
    note = rng.choice(story.content.progress) if rng.random() < 0.55 else ""
    is_short = rng.random() < 0.25
    by = story.answering_person()
    if is_short or story.add_step(Status.IN_PROGRESS, taken, by=by, note=note):
        ended = start + timedelta(days=days * rng.uniform(0.5, 1.3), hours=2)
        _end_story(story, next_office_moment(rng, ended))


def _forward_report(story: Story, unit: Unit, at: datetime) -> None:
    """The operator forwards the report by hand; the unit gets it a few seconds later."""
    decision = RoutingDecision(unit, RoutingRule.Mode.AUTOMATIC, rule=None)
    sent = at + timedelta(seconds=story.rng.uniform(2, 30))
    if sent > story.now:
        return
    reason = story.rng.choice(story.content.forward_reasons)
    by = story.staff.get("operator")
    story.sendings.append(Sending(decision, at, by, reason, ended_at=sent))
    story.add_step(Status.FORWARDED, sent)


def _end_story(story: Story, at: datetime) -> None:
    """The unit answers; some reports never get an answer."""
    outcome = story.rng.choices(list(_OUTCOMES), list(_OUTCOMES.values()))[0]
    if outcome is None:
        return
    at = max(at, story.steps[-1].at + timedelta(minutes=20))
    answers = {
        Status.RESOLVED: story.matter.answers,
        Status.REJECTED: story.content.rejected,
        Status.PASSED_ON: story.content.passed_on,
        Status.DUPLICATE: story.content.duplicate,
    }
    note = story.rng.choice(answers[outcome])
    story.add_step(outcome, at, by=story.answering_person(), note=note)
