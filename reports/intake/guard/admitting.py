"""What the page and the API check before they accept a report."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reports.models import Report
from web.errors import PortalError
from web.limits import TooMany

from .challenge import WAIT, has_waited, is_solved, make_challenge, make_ticket
from .suspicion import check_device, is_challenge_due


class ChallengeNeeded(PortalError):
    """``challenge``: a program solves it and sends the solution as ``proof``. ``ticket``: instead
    of a proof, the client may send this after ``wait`` seconds.
    """

    code = "challenge_needed"
    status = 428
    detail = _(
        "Dostajemy teraz bardzo dużo zgłoszeń naraz. Nic nie przepadło: odczekaj pół minuty"
        " i wyślij jeszcze raz."
    )

    def __init__(self, submission_id: UUID) -> None:
        self.ticket = make_ticket(submission_id)
        super().__init__(
            challenge=make_challenge(submission_id),
            ticket=self.ticket,
            wait=int(WAIT.total_seconds()),
        )


def check_sender(
    request: HttpRequest,
    submission_id: UUID,
    *,
    proof: str = "",
    ticket: str = "",
    accepted: QuerySet | None = None,
    is_suspect: bool = False,
) -> None:
    """Let a report pass, or raise ``ChallengeNeeded`` or ``TooMany``. One that was already accepted
    passes always. ``accepted``: rows with a ``submission_id``, if it is no report that is sent.
    ``is_suspect``: the sender behaves as a machine does.
    """
    try:
        proven = is_solved(proof, submission_id) or has_waited(ticket, submission_id)
        if not proven and (is_challenge_due(request) or is_suspect):
            raise ChallengeNeeded(submission_id)
        # A proof does not lift the limit of the device.
        check_device(request)
    except (ChallengeNeeded, TooMany):
        # This query comes last because most reports are new and pass without it.
        rows = Report.objects.all() if accepted is None else accepted
        if not rows.filter(submission_id=submission_id).exists():
            raise
