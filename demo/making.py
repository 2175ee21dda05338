"""Makes the demo's reports from content, places and histories, and writes them in bulk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from accounts.models import User
from catalogue.models import Category
from catalogue.routing import choose_unit
from reports.assigning import to_operator
from reports.models import Assignment, Dispatch, Report, Status, StatusChange
from reports.placing import Place, write_place
from reports.references import new_reference
from units.models import Membership, Unit

from .content import Content, Matter, compose_description
from .histories import Sending, Story, begin_story, continue_story
from .moments import choose_creation_moment
from .places import DemoPlace, choose_places

SEED = 2026
_COUNT = 300
# Every eighth report was sent from the account of the demo's resident.
_RESIDENTS_SHARE = 8
# Failed sendings, dealt out among the newest reports of units that get e-mail: what went wrong, and
# how old a report may be. A mail server that is busy for now is tried again, so only new reports
# can still wait for it.
_TROUBLES = [("busy", timedelta(days=2))] * 3 + [("refused", timedelta(days=25))] * 5


@dataclass(slots=True)
class MadeReport:
    """An unsaved report with its story."""

    report: Report
    story: Story
    matter: Matter


def demo_id(name: str) -> UUID:
    """The same id on every machine, so that a second load finds the first."""
    return uuid5(NAMESPACE_URL, f"demo:{name}")


def make_reports(content: Content, now: datetime) -> list[MadeReport]:
    """``_COUNT`` reports with their histories up to ``now``; nothing is written."""
    rng = Random(SEED)  # noqa: S311 - the demo must be the same everywhere
    categories = {row.code: row for row in Category.objects.reportable()}
    units = {unit.code: unit for unit in Unit.objects.all()}
    people = {
        user.username: user for user in User.objects.filter(username__in=["operator", "mieszkanka"])
    }
    # By the unit that they answer for; without the demo's people, the system takes the steps.
    members = Membership.objects.select_related("user", "unit")
    staff = {one.unit.code: one.user for one in members}
    if "operator" in people:
        staff["operator"] = people["operator"]
    places, troubles, made = choose_places(rng), list(_TROUBLES), []
    matters = _choose_matters(rng, content, categories, now)
    for number, (code, created) in enumerate(matters):
        matter, category, place = content.categories[code], categories[code], next(places)
        story = Story(rng, content, matter, now, staff)
        decision = choose_unit(category, place.placement.district, place.point)
        trouble = ""
        if troubles and decision.unit.channel == "email" and now - created < troubles[0][1]:
            trouble = troubles.pop(0)[0]
        begin_story(story, decision, created, trouble)
        if not trouble:
            continue_story(story, (category.working_days or 10) * 1.4, units[matter.unit])
        report = _new_report(rng, category, story, place)
        report.submission_id = demo_id(f"report {number}")
        report.owner = people.get("mieszkanka") if number % _RESIDENTS_SHARE == 0 else None
        made.append(MadeReport(report, story, matter))
    return made


def _choose_matters(
    rng: Random, content: Content, categories: dict[str, Category], now: datetime
) -> list[tuple[str, datetime]]:
    """Codes of categories with the moment of creation: each once, then by weight.

    The newest come first, so that failed sendings are found among recent reports.
    """
    codes = [code for code in content.categories if code in categories]
    weights = [content.categories[code].weight for code in codes]
    chosen = codes + rng.choices(codes, weights, k=_COUNT - len(codes))
    rng.shuffle(chosen)
    dated = [
        (code, choose_creation_moment(rng, now, content.categories[code].months)) for code in chosen
    ]
    return sorted(dated, key=lambda pair: pair[1], reverse=True)


def _new_report(rng: Random, category: Category, story: Story, place: DemoPlace) -> Report:
    created, last = story.steps[0].at, story.steps[-1]
    is_seen = last.status != Status.RECEIVED
    report = Report(
        reference=new_reference(),
        description=compose_description(rng, story.content, story.matter, place.address),
        description_is_public=is_seen and rng.random() < 0.8,
        unit=story.unit,
        status=last.status,
        is_hidden=is_seen and rng.random() < 0.02,
        created_at=created,
        updated_at=max(last.at, story.sendings[-1].at),
        to_operator=to_operator(story.sendings[-1].decision),
        hand_overs=sum(one.by is not None and one.decision.rule is None for one in story.sendings),
        version=len(story.steps) + len(story.sendings) - 1,
    )
    report.set_category(category)
    write_place(
        report, Place(placement=place.placement, location=place.point, address=place.address)
    )
    return report


def write_reports(made: list[MadeReport]) -> None:
    """Write everything but the photos, by five statements."""
    Report.objects.bulk_create([one.report for one in made])
    StatusChange.objects.bulk_create(
        [
            StatusChange(
                report=one.report,
                status=step.status,
                at=step.at,
                by=step.by,
                unit=step.unit,
                note=step.note,
            )
            for one in made
            for step in one.story.steps
        ]
    )
    pairs = [(one.report, sending) for one in made for sending in one.story.sendings]
    assignments = [_new_assignment(report, sending) for report, sending in pairs]
    Assignment.objects.bulk_create(assignments)
    dispatches = [
        _new_dispatch(assignment, sending)
        for assignment, (_report, sending) in zip(assignments, pairs, strict=True)
    ]
    Dispatch.objects.bulk_create(dispatches)
    # The column fills itself with the present moment when the row is created.
    for dispatch in dispatches:
        dispatch.created_at = dispatch.assignment.at
    Dispatch.objects.bulk_update(dispatches, ["created_at"])


def _new_assignment(report: Report, sending: Sending) -> Assignment:
    return Assignment(
        report=report,
        unit=sending.decision.unit,
        mode=sending.decision.mode,
        rule=sending.decision.rule,
        district=report.district,
        edition_id=report.district.edition_id,
        region=sending.decision.region,
        by=sending.by,
        reason=sending.reason,
        at=sending.at,
    )


def _new_dispatch(assignment: Assignment, sending: Sending) -> Dispatch:
    return Dispatch(
        report=assignment.report,
        assignment=assignment,
        unit=assignment.unit,
        channel=assignment.unit.channel,
        state=sending.state,
        attempts=sending.attempts,
        next_attempt_at=sending.next_attempt_at or sending.at,
        ended_at=sending.ended_at,
        last_error=sending.error,
    )
