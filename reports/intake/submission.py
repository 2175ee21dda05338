"""Accepts a report: one transaction writes it and everything that it owes."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalogue.elsewhere import check_is_report
from catalogue.models import Category
from catalogue.questions import typed_answers
from catalogue.routing import choose_unit
from owed.nudging import nudge
from reports.assigning import DISPATCH, new_assignment
from reports.history import new_step
from reports.letters.consents import remember_contact
from reports.letters.notices import contact_as_reader, owe_receipt_letter, owner_as_reader
from reports.models import Assignment, Report, Source
from reports.photos.attaching import attach
from reports.placing import GivenPlace, find_place, write_place, write_shares
from reports.references import new_reference

from .personal_data import kinds_found
from .writing import write_new_report


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A report as a page or a program hands it in. Its shape is checked, but nothing is looked up.

    ``submission_id``: made by the client; a repeat gets the first receipt. ``answers``: to the
    category's questions, by their code. ``photos``: ids of uploaded photos in order, each with a
    description of what it shows. ``email`` needs ``consent``. ``owner``: the account that sends the
    report; its own address then gets the letters.
    """

    submission_id: UUID
    category: Category
    description: str
    place: GivenPlace
    answers: Mapping[str, object] = field(default_factory=dict)
    photos: Mapping[UUID, str] = field(default_factory=dict)
    email: str = ""
    consent: bool = False
    owner: User | None = None
    source: str = Source.WEB


@dataclass(frozen=True, slots=True)
class Receipt:
    """The report, its first assignment, and whether this call made it (False: a repeat)."""

    report: Report
    assignment: Assignment
    created: bool


def submit_report(submission: Submission) -> Receipt:
    """Accept a report and owe its dispatch and letters.

    Raises ``OutsideCity``, ``ExtentRefused``, ``SideNeeded``, ``NotForReports``,
    ``AnswersInvalid``, ``ConsentRequired`` (address without consent), ``TooManyPhotos`` and
    ``UnknownPhoto``; nothing is written then.
    """
    check_is_report(submission.category)
    answers = typed_answers(submission.category, submission.answers)
    place = find_place(submission.place)
    decision = choose_unit(submission.category, place.placement.district)
    now = timezone.now()
    report = Report(
        reference=new_reference(),
        submission_id=submission.submission_id,
        source=submission.source,
        description=submission.description,
        personal_data=kinds_found(submission.description),
        answers=answers,
        unit=decision.unit,
        created_at=now,
        updated_at=now,
    )
    report.set_category(submission.category)
    write_place(report, place)
    assignment, dispatch = new_assignment(report, decision, at=now)
    # Most reports are one statement, which is a transaction of its own.
    is_alone = not (submission.owner or submission.email or submission.photos or place.shares)
    with nullcontext() if is_alone else transaction.atomic():
        if submission.owner is not None:
            # The lock keeps the account from being closed until the report is written. The owner
            # is None if it was closed a moment ago.
            people = User.objects.select_for_update(no_key=True)
            report.owner = people.filter(pk=submission.owner.pk).first()
        if not write_new_report(report, new_step(report), assignment, dispatch):
            # It was sent before, or at this very moment.
            return _first_receipt(submission.submission_id)
        nudge(DISPATCH)
        write_shares(report, place.shares)
        if report.owner is not None:
            owe_receipt_letter(owner_as_reader(report))
        elif submission.email:
            contact = remember_contact(report, email=submission.email, consent=submission.consent)
            owe_receipt_letter(contact_as_reader(contact))
        attach(report, submission.photos)
    return Receipt(report, assignment, created=True)


def _first_receipt(submission_id: UUID) -> Receipt:
    """The receipt that the first submission with this id was given."""
    report = Report.objects.get(submission_id=submission_id)
    first = report.assignments.select_related("unit", "district").order_by("at", "id")[0]
    return Receipt(report, first, created=False)
