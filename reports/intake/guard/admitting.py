"""What the doors ask before a report is taken."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reports.models import Report
from web.errors import PortalError
from web.limits import TooMany

from .challenge import WAIT, has_waited, is_solved, make_challenge, make_ticket
from .suspicion import check_device, is_challenge_due


class ChallengeNeeded(PortalError):
    """``challenge``: for a program to solve and send as ``proof``; ``ticket``: or send this after
    ``wait`` seconds.
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
    request: HttpRequest, submission_id: UUID, *, proof: str = "", ticket: str = ""
) -> None:
    """Let a report in, or raise ``ChallengeNeeded`` or ``TooMany``; one that is repeated passes."""
    try:
        _check_new(request, submission_id, proof, ticket)
    except (ChallengeNeeded, TooMany):
        # Asked only where it matters: most reports are new, and a query costs them all.
        if not Report.objects.filter(submission_id=submission_id).exists():
            raise


def _check_new(request: HttpRequest, submission_id: UUID, proof: str, ticket: str) -> None:
    proven = is_solved(proof, submission_id) or has_waited(ticket, submission_id)
    if not proven and is_challenge_due(request):
        raise ChallengeNeeded(submission_id)
    # Whoever proves their work again and again is counted all the same.
    check_device(request)
