"""What happened to each report: steps and sendings, as the workflow allows, up to now. Pure."""

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
from .moments import in_office

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
    """An assignment and what became of its dispatch."""

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
class Step:
    status: str
    at: datetime
    unit: Unit
    by: User | None = None
    note: str = ""


@dataclass(slots=True)
class Story:
    """One report's life; the last step is its status, the last sending its unit."""

    rng: Random
    content: Content
    matter: Matter
    now: datetime
    staff: dict[str, User]
    sendings: list[Sending] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def unit(self) -> Unit:
        return self.sendings[-1].decision.unit

    def step(self, status: str, at: datetime, *, by=None, note: str = "") -> bool:
        """Append a step unless it lies ahead of us; False then."""
        if at > self.now:
            return False
        if self.steps and status not in ALLOWED[self.steps[-1].status]:
            raise ValueError(f"{self.steps[-1].status} → {status} is not allowed")
        self.steps.append(Step(status, at, self.unit, by, note))
        return True

    def who(self) -> User | None:
        """The member who answers for the unit; the operator enters what units write by e-mail."""
        return self.staff.get(self.unit.code) or self.staff.get("operator")


def begin(story: Story, decision: RoutingDecision, created: datetime, trouble: str = "") -> None:
    """Received and sent. ``trouble``: ``refused`` and ``busy`` are failures of the channel."""
    sent = created + timedelta(seconds=story.rng.uniform(2, 40))
    sending = Sending(decision, created, ended_at=sent)
    story.sendings.append(sending)
    story.step(Status.RECEIVED, created)
    if trouble == "busy":
        sending.state, sending.attempts, sending.error = Dispatch.State.OWED, 5, _BUSY
        sending.ended_at, sending.next_attempt_at = None, story.now + timedelta(minutes=50)
    elif trouble == "refused":
        sending.state, sending.attempts, sending.error = Dispatch.State.FAILED, 1, _REFUSED
        story.step(Status.WITH_OPERATOR, sent)
    else:
        by_operator = decision.mode == RoutingRule.Mode.OPERATOR
        story.step(Status.WITH_OPERATOR if by_operator else Status.FORWARDED, sent)


def go_on(story: Story, days: float, forward_to: Unit) -> None:
    """Work on it for about ``days`` from its sending, as far as time has come."""
    rng = story.rng
    start = story.steps[-1].at
    if story.steps[-1].status == Status.WITH_OPERATOR:
        # A few wait for a decision longer than they should.
        if rng.random() < 0.2:
            return
        start = in_office(rng, start + timedelta(hours=rng.uniform(1, 72)))
        if start > story.now:
            return
        _forward(story, forward_to, start)
    taken = in_office(rng, start + timedelta(days=days * rng.uniform(0.1, 0.5), minutes=9))
    note = rng.choice(story.content.progress) if rng.random() < 0.55 else ""
    is_short = rng.random() < 0.25
    if is_short or story.step(Status.IN_PROGRESS, taken, by=story.who(), note=note):
        _end(story, in_office(rng, start + timedelta(days=days * rng.uniform(0.5, 1.3), hours=2)))


def _forward(story: Story, unit: Unit, at: datetime) -> None:
    """The operator forwards by hand; the unit gets it a few seconds later."""
    decision = RoutingDecision(unit, RoutingRule.Mode.AUTOMATIC, rule=None)
    sent = at + timedelta(seconds=story.rng.uniform(2, 30))
    if sent > story.now:
        return
    reason = story.rng.choice(story.content.forward_reasons)
    by = story.staff.get("operator")
    story.sendings.append(Sending(decision, at, by, reason, ended_at=sent))
    story.step(Status.FORWARDED, sent)


def _end(story: Story, at: datetime) -> None:
    """The unit's answer; some reports never get one."""
    outcome = story.rng.choices(list(_OUTCOMES), list(_OUTCOMES.values()))[0]
    if outcome is None:
        return
    at = max(at, story.steps[-1].at + timedelta(minutes=20))
    story.step(outcome, at, by=story.who(), note=_answer(story, outcome))


def _answer(story: Story, outcome: str) -> str:
    content = story.content
    words = {
        Status.RESOLVED: story.matter.answers,
        Status.REJECTED: content.rejected,
        Status.PASSED_ON: content.passed_on,
        Status.DUPLICATE: content.duplicate,
    }
    return story.rng.choice(words[Status(outcome)])
