"""Accepts a report: one transaction writes it and everything that it owes."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from catalogue.models import Category
from catalogue.questions import typed_answers
from catalogue.routing import choose_unit
from owed.nudging import nudge
from procedures.elsewhere import check_is_report
from reports.assigning import DISPATCH, give, new_assignment
from reports.history import new_step
from reports.letters.mailboxes import leave_address
from reports.letters.notices import owe_receipt_letter, owner_as_reader
from reports.models import Assignment, Report, Source
from reports.photos.attaching import attach
from reports.placing import GivenPlace, find_place, write_place, write_shares
from reports.references import new_reference
from web.errors import PortalError
from web.models import Function
from web.switches import require_on

from .personal_data import kinds_found
from .repeats import AlreadySent, fingerprint_of, one_spelling
from .writing import write_new_report


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A report as a page or a program hands it in. Its shape is checked, but nothing is looked up.

    ``submission_id``: made by the client; a repeat gets the first receipt. ``answers``: to the
    category's questions, by their code. ``photos``: ids of uploaded photos in order, each with a
    description of what it shows. ``photo_digests``: of those that came with the form itself, so
    that they have another id each time it is sent. ``email`` needs ``consent``, which was given
    to the version ``clause`` of the clause ("": the one in force). ``owner``: the account that
    sends the report; its own address then gets the letters.
    """

    submission_id: UUID
    category: Category
    description: str
    place: GivenPlace
    answers: Mapping[str, object] = field(default_factory=dict)
    photos: Mapping[UUID, str] = field(default_factory=dict)
    photo_digests: Mapping[UUID, str] = field(default_factory=dict)
    email: str = ""
    consent: bool = False
    clause: str = ""
    owner: User | None = None
    source: str = Source.WEB

    @property
    def fingerprint(self) -> str:
        """Of everything that was said; not of the way it came, nor of the account."""
        place = self.place
        # The point of such a place is the portal's, not the sender's.
        geometry = None if place.is_approximate else place.extent or place.location
        content = {
            "category": self.category.code,
            "description": one_spelling(self.description),
            "geometry": _rounded(geometry.coords) if geometry else None,
            "address": one_spelling(place.address),
            "side": place.side or "",
            "accuracy": place.accuracy,
            "answers": {
                code: one_spelling(given)
                for code, given in self.answers.items()
                if given not in (None, "", [])
            },
            "photos": [
                [self.photo_digests.get(pk, str(pk)), one_spelling(text)]
                for pk, text in self.photos.items()
            ],
            "email": [self.email, self.consent] if self.email else None,
        }
        return fingerprint_of(self.submission_id, content)


def _rounded(coordinates: tuple) -> list:
    """Nested coordinates, in degrees, to what the form carries: about a decimetre."""
    return [_rounded(one) if isinstance(one, tuple) else round(one, 6) for one in coordinates]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The report, its first assignment, and whether this call made it (False: a repeat).
    ``is_for_sender``: whether the secret link may go with it.
    """

    report: Report
    assignment: Assignment
    created: bool
    is_for_sender: bool = True


def submit_report(submission: Submission) -> Receipt:
    """Accept a report and owe its dispatch and letters.

    Raises ``AlreadySent``, ``OutsideCity``, ``ExtentRefused``, ``SideNeeded``, ``NotForReports``,
    ``AnswersInvalid``, ``ConsentRequired`` (address without consent), ``UnknownClause``,
    ``TooManyPhotos``, ``UnknownPhoto`` and ``SwitchedOff``; nothing is written then.
    """
    try:
        receipt = _accept(submission)
    except PortalError:
        # What would be refused today may have been accepted when it first came.
        if first := _find_receipt(submission):
            return first
        raise
    # If no report has its id, a number was drawn twice.
    return receipt or _find_receipt(submission) or submit_report(submission)


def _accept(submission: Submission) -> Receipt | None:
    """The receipt of a new report. None, and nothing is written, if one with its id was accepted
    already, which the write itself finds out: nearly no report is a repeat.
    """
    require_on(Function.REPORTING)
    check_is_report(submission.category)
    answers = typed_answers(submission.category, submission.answers)
    place = find_place(submission.place)
    decision = choose_unit(submission.category, place.placement.district, place.location)
    now = timezone.now()
    report = Report(
        reference=new_reference(),
        submission_id=submission.submission_id,
        fingerprint=submission.fingerprint,
        source=submission.source,
        description=submission.description,
        personal_data=kinds_found(submission.description),
        answers=answers,
        created_at=now,
        updated_at=now,
    )
    report.set_category(submission.category)
    write_place(report, place)
    give(report, decision)
    assignment, dispatch = new_assignment(report, decision, at=now)
    # Most reports are one statement, which is a transaction of its own.
    is_alone = not (submission.owner or submission.email or submission.photos or place.shares)
    with nullcontext() if is_alone else transaction.atomic():
        if submission.owner is not None:
            # The lock keeps the account from being closed until the report is written. The owner
            # is None if it was closed a moment ago.
            people = User.objects.select_for_update(no_key=True)
            report.owner = people.filter(pk=submission.owner.pk).first()
        is_new = write_new_report(report, new_step(report), assignment, dispatch)
        if is_new:
            nudge(DISPATCH)
            write_shares(report, place.shares)
            if report.owner is not None:
                owe_receipt_letter(owner_as_reader(report))
            elif submission.email:
                leave_address(
                    report,
                    email=submission.email,
                    consent=submission.consent,
                    clause=submission.clause,
                )
            attach(report, submission.photos)
    return Receipt(report, assignment, created=True) if is_new else None


def _find_receipt(submission: Submission) -> Receipt | None:
    """The receipt that the first submission with this id was given; None if there was none. Raises
    ``AlreadySent`` if it said something else.
    """
    report = Report.objects.filter(submission_id=submission.submission_id).first()
    if report is None:
        return None
    if not constant_time_compare(report.fingerprint, submission.fingerprint):
        raise AlreadySent(report.reference)
    first = report.assignments.select_related("unit", "district").order_by("at", "id")[0]
    # Who repeats every word of it is its sender, whose answer got lost on the way. The report of an
    # account is opened by that account.
    sender = submission.owner.pk if submission.owner else None
    is_for_sender = report.owner_id in (None, sender)
    return Receipt(report, first, created=False, is_for_sender=is_for_sender)
