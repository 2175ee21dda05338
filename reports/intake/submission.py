"""A report is submitted: one transaction writes all that it owes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from catalogue.deadlines import expected_by
from catalogue.elsewhere import check_is_report
from catalogue.models import Category
from catalogue.questions import typed_answers
from catalogue.routing import RoutingDecision, choose_unit
from districts.covering import Extent
from reports.dispatch.dispatching import owe_dispatch
from reports.letters.consents import remember_contact
from reports.letters.notices import contact_of, owe_received, owner_of
from reports.models import Assignment, Report, Source, Status, StatusChange
from reports.photos.attaching import NONE, attach
from reports.placing import Place, find_place, remember_touched
from reports.references import new_reference

from .personal_data import kinds_found

_EMPTY: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Submission:
    """The report, its first assignment, and whether this call made it (False: a repeat)."""

    report: Report
    assignment: Assignment
    created: bool


def submit_report(
    *,
    submission_id: UUID,
    category: Category,
    description: str,
    location: Point | None = None,
    extent: Extent | None = None,
    address: str = "",
    email: str = "",
    consent: bool = False,
    owner: User | None = None,
    photo_ids: Sequence[UUID] = (),
    photo_descriptions: Mapping[UUID, str] = NONE,
    source: str = Source.WEB,
    is_approximate: bool = False,
    side: str | None = None,
    accuracy: float | None = None,
    answers: Mapping[str, object] = _EMPTY,
) -> Submission:
    """Accept a report at ``location`` or of ``extent`` (EPSG:4326); owe its dispatch and letters.

    ``side``: the district that the sender chose near a border, "" if they were asked and did not
    say, None if nobody asked. ``accuracy``: metres of the location. A repeat with the same
    ``submission_id`` returns the first report. ``owner``: the account that sends; its own address
    gets the letters then, ``email`` is not used. ``answers``: to the category's questions. Raises
    ``OutsideCity``, ``ExtentRefused``, ``SideNeeded``, ``NotForReports``, ``AnswersInvalid``,
    ``ConsentRequired`` (address without consent) and ``UnknownPhoto``; then nothing is written.
    """
    check_is_report(category)
    typed = typed_answers(category, answers)
    place = find_place(location, extent, side=side, accuracy=accuracy)
    decision = choose_unit(category, place.placement.district)
    report = _new_report(place, decision, category)
    report.submission_id, report.source, report.owner = submission_id, source, owner
    report.address, report.is_approximate, report.accuracy = address, is_approximate, accuracy
    report.description, report.answers = description, typed
    report.personal_data = kinds_found(description)
    try:
        with transaction.atomic():
            assignment = _write(report, place, decision, email, consent)
            attach(report, photo_ids, descriptions=photo_descriptions)
    except IntegrityError:
        # Sent before, or at this instant by somebody else; anything else is a real fault.
        return _earlier(submission_id)
    return Submission(report, assignment, created=True)


def _earlier(submission_id: UUID) -> Submission:
    """The first receipt of a submission that is repeated."""
    report = Report.objects.get(submission_id=submission_id)
    first = report.assignments.select_related("unit", "district").order_by("at", "id")[0]
    return Submission(report, first, created=False)


def _new_report(place: Place, decision: RoutingDecision, category: Category) -> Report:
    now = timezone.now()
    return Report(
        reference=new_reference(),
        category=category,
        location=place.location,
        extent=place.extent,
        side=place.side,
        district=place.placement.district,
        metres_to_border=place.placement.metres_to_border,
        unit=decision.unit,
        expected_by=expected_by(category, timezone.localdate(now)),
        created_at=now,
        updated_at=now,
    )


def _write(
    report: Report,
    place: Place,
    decision: RoutingDecision,
    email: str,
    consent: bool,
) -> Assignment:
    report.owner = _still_there(report.owner)
    report.save(force_insert=True)
    StatusChange.objects.create(
        report=report, status=Status.RECEIVED, at=report.created_at, unit=decision.unit
    )
    assignment = Assignment.objects.create(
        report=report,
        unit=decision.unit,
        mode=decision.mode,
        rule=decision.rule,
        district=place.placement.district,
        edition=place.placement.edition,
        at=report.created_at,
    )
    remember_touched(report, place.shares)
    owe_dispatch(assignment)
    _owe_letter(report, email, consent)
    return assignment


def _owe_letter(report: Report, email: str, consent: bool) -> None:
    """That it has arrived: to the account, else to an address left with a consent."""
    if report.owner is not None:
        owe_received(owner_of(report))
    elif email:
        owe_received(contact_of(remember_contact(report, email=email, consent=consent)))


def _still_there(owner: User | None) -> User | None:
    """The account, kept from being closed until the report is written; None if it just was."""
    if owner is None:
        return None
    return User.objects.select_for_update(no_key=True).filter(pk=owner.pk).first()
