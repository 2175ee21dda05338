"""Which status may follow which, as data. Nothing here reads or writes the database."""

from django.utils.translation import gettext_lazy as _

from reports.models import Status
from web.errors import PortalError

_CLOSING = {Status.RESOLVED, Status.REJECTED, Status.PASSED_ON, Status.DUPLICATE}

ALLOWED: dict[str, frozenset[str]] = {
    Status.RECEIVED: frozenset({Status.WITH_OPERATOR, Status.FORWARDED}),
    Status.WITH_OPERATOR: frozenset({Status.FORWARDED, Status.IN_PROGRESS, *_CLOSING}),
    # A correction forwards a report again, to another unit.
    Status.FORWARDED: frozenset(
        {Status.WITH_OPERATOR, Status.FORWARDED, Status.IN_PROGRESS, *_CLOSING}
    ),
    Status.IN_PROGRESS: frozenset({Status.WITH_OPERATOR, Status.FORWARDED, *_CLOSING}),
    # A report is reopened when the unit works on it again or the operator corrects where it
    # belongs.
    Status.RESOLVED: frozenset({Status.IN_PROGRESS, Status.WITH_OPERATOR, Status.FORWARDED}),
    Status.REJECTED: frozenset({Status.IN_PROGRESS, Status.WITH_OPERATOR, Status.FORWARDED}),
    Status.PASSED_ON: frozenset({Status.WITH_OPERATOR, Status.FORWARDED}),
    Status.DUPLICATE: frozenset({Status.WITH_OPERATOR, Status.FORWARDED}),
}

# A status that ends a report needs a public note, because nobody can guess the reason.
_NEEDS_NOTE = frozenset(_CLOSING)

# The statuses that a person sets; the others follow from dispatching and forwarding.
BY_HAND = (
    Status.IN_PROGRESS,
    Status.RESOLVED,
    Status.REJECTED,
    Status.PASSED_ON,
    Status.DUPLICATE,
)


class ForbiddenStatusChange(PortalError):
    code = "forbidden_status_change"
    status = 409
    detail = _("Z obecnego statusu nie można przejść do wybranego.")


class NoteRequired(PortalError):
    code = "note_required"
    field = "note"
    detail = _("Napisz odpowiedź: zgłaszający zobaczy ją razem z nowym statusem.")


def check_change(*, current: str, to: str, note: str) -> None:
    """Raise ``ForbiddenStatusChange`` or ``NoteRequired`` unless the change is allowed."""
    if to not in ALLOWED[current]:
        raise ForbiddenStatusChange
    check_note(to=to, note=note)


def check_note(*, to: str, note: str) -> None:
    """Raise ``NoteRequired`` where ``to`` cannot do without a note."""
    if to in _NEEDS_NOTE and not note.strip():
        raise NoteRequired


def choices_from(current: str) -> list[Status]:
    """The statuses that a person may set by hand from ``current``, in the order of the work."""
    return [status for status in BY_HAND if status in ALLOWED[current]]
