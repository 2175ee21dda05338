"""The demo's reports, made from content, places and histories, and written in bulk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from accounts.models import User
from catalogue.deadlines import expected_by
from catalogue.models import Category
from catalogue.routing import choose_unit
from reports.models import Assignment, Dispatch, Report, Status, StatusChange
from reports.references import new_reference
from units.models import Unit

from .content import Content, Matter, description
from .histories import Story, begin, go_on
from .places import Place, places

SEED = 2026
_COUNT = 300
# How many of the newest with an e-mail unit wait for its mail server, and how many were refused.
_BUSY, _REFUSED = 3, 5


@dataclass(slots=True)
class Made:
    """An unsaved report with its story."""

    report: Report
    story: Story
    matter: Matter


# Every so many of the reports the demo's resident sent from her account.
_RESIDENTS_SHARE = 8


def demo_id(name: str) -> UUID:
    """The same id on every machine, so that a second load finds the first."""
    return uuid5(NAMESPACE_URL, f"demo:{name}")


def _staff() -> dict[str, User]:
    """Demo people by the unit that they answer for; without them the steps are the system's."""
    people = User.objects.filter(username__in=["operator", "jednostka"])
    by_name = {user.username: user for user in people}
    units = {"operator": "operator", "jednostka": "zdit"}
    return {units[name]: user for name, user in by_name.items()}


def make(content: Content, now: datetime, moments) -> list[Made]:
    """``_COUNT`` reports with their histories up to ``now``; nothing is written."""
    rng = Random(SEED)  # noqa: S311 - the demo must be the same everywhere
    categories = {row.code: row for row in Category.objects.reportable()}
    units = {unit.code: unit for unit in Unit.objects.all()}
    people, everywhere = _staff(), places(rng)
    owner = User.objects.filter(username="mieszkanka").first()
    troubles = Troubles()
    made = []
    for number, (code, created) in enumerate(_chosen(rng, content, categories, moments)):
        matter, place = content.categories[code], next(everywhere)
        story = Story(rng, content, matter, now, people)
        decision = choose_unit(categories[code], place.placement.district)
        begin(story, decision, created, troubles.next_for(decision.unit, now - created))
        if not story.sendings[0].error:
            go_on(story, (categories[code].working_days or 10) * 1.4, units[matter.unit])
        report = _filled(rng, content, categories[code], story, place)
        report.submission_id = demo_id(f"report {number}")
        report.owner = owner if number % _RESIDENTS_SHARE == 0 else None
        made.append(Made(report, story, matter))
    return made


class Troubles:
    """Deals out the failed sendings among recent reports of units that get e-mail."""

    def __init__(self) -> None:
        self.left = ["busy"] * _BUSY + ["refused"] * _REFUSED

    def next_for(self, unit: Unit, age) -> str:
        days = age.total_seconds() / 86400
        wanted = self.left[0] if self.left else ""
        fits = days < (2 if wanted == "busy" else 25)
        return self.left.pop(0) if fits and wanted and unit.channel == "email" else ""


def _chosen(rng: Random, content: Content, categories, moments) -> Iterator[tuple[str, datetime]]:
    """Each category once, then by weight; the newest first, so that troubles find recent ones."""
    codes = [code for code in content.categories if code in categories]
    weights = [content.categories[code].weight for code in codes]
    picked = codes + rng.choices(codes, weights, k=_COUNT - len(codes))
    rng.shuffle(picked)
    dated = [(code, moments(rng, content.categories[code].months)) for code in picked]
    yield from sorted(dated, key=lambda pair: pair[1], reverse=True)


def _filled(
    rng: Random, content: Content, category: Category, story: Story, place: Place
) -> Report:
    created, last = story.steps[0].at, story.steps[-1]
    is_seen = last.status != Status.RECEIVED
    return Report(
        reference=new_reference(),
        category=category,
        description=description(rng, content, story.matter, place.address),
        description_is_public=is_seen and rng.random() < 0.8,
        location=place.point,
        address=place.address,
        district=place.placement.district,
        metres_to_border=place.placement.metres_to_border,
        unit=story.unit,
        status=last.status,
        is_hidden=is_seen and rng.random() < 0.02,
        expected_by=expected_by(category, timezone.localdate(created)),
        created_at=created,
        updated_at=max(last.at, story.sendings[-1].at),
        version=len(story.steps) + len(story.sendings) - 1,
    )


def write(made: list[Made]) -> None:
    """Five statements for everything but the photos."""
    Report.objects.bulk_create([one.report for one in made])
    steps = (_changes(one) for one in made)
    StatusChange.objects.bulk_create([change for some in steps for change in some])
    pairs = [(one, sending) for one in made for sending in one.story.sendings]
    assignments = [_assignment(one.report, sending) for one, sending in pairs]
    Assignment.objects.bulk_create(assignments)
    dispatches = [
        _dispatch(row, sending) for row, (_one, sending) in zip(assignments, pairs, strict=True)
    ]
    Dispatch.objects.bulk_create(dispatches)
    for row in dispatches:
        row.created_at = row.assignment.at
    Dispatch.objects.bulk_update(dispatches, ["created_at"])


def _changes(one: Made) -> list[StatusChange]:
    return [
        StatusChange(
            report=one.report,
            status=step.status,
            at=step.at,
            by=step.by,
            unit=step.unit,
            note=step.note,
        )
        for step in one.story.steps
    ]


def _assignment(report: Report, sending) -> Assignment:
    return Assignment(
        report=report,
        unit=sending.decision.unit,
        mode=sending.decision.mode,
        rule=sending.decision.rule,
        district=report.district,
        edition_id=report.district.edition_id,
        by=sending.by,
        reason=sending.reason,
        at=sending.at,
    )


def _dispatch(row: Assignment, sending) -> Dispatch:
    return Dispatch(
        report=row.report,
        assignment=row,
        unit=row.unit,
        channel=row.unit.channel,
        state=sending.state,
        attempts=sending.attempts,
        next_attempt_at=sending.next_attempt_at or sending.at,
        ended_at=sending.ended_at,
        last_error=sending.error,
    )
