"""What administrators do with messages."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import AuditWord, User
from pages.models import Inquiry, InquiryAnswer
from web.errors import PortalError

from .letters import owe_answer

State = Inquiry.State
_ENDS = {State.ANSWERED, State.CLOSED}


class InquiryWord(AuditWord):
    ANSWERED = "inquiry_answered"
    MOVED = "inquiry_moved"


class StaleInquiry(PortalError):
    code = "stale_inquiry"
    status = 409
    detail = _("Ktoś inny zmienił tę wiadomość, zanim to wysłano. Zobacz, co się zmieniło.")


class NoAddress(PortalError):
    code = "no_address"
    status = 409
    detail = _("Ta osoba nie zostawiła adresu albo go wycofała: nie ma dokąd odpowiedzieć.")


@transaction.atomic
def answer_inquiry(inquiry: Inquiry, text: str, *, by: User, seen_version: int) -> InquiryAnswer:
    """Send ``text`` by e-mail and keep it. Raises ``StaleInquiry`` and ``NoAddress``."""
    locked = _lock(inquiry, seen_version)
    if not locked.email:
        raise NoAddress
    answer = InquiryAnswer.objects.create(inquiry=locked, text=text, by=by)
    _move(locked, State.ANSWERED)
    owe_answer(answer)
    record(actor=by, action=InquiryWord.ANSWERED, target=locked)
    return answer


@transaction.atomic
def move_inquiry(inquiry: Inquiry, to: str, *, by: User, seen_version: int) -> None:
    """Put the message into the state ``to``. Raises ``StaleInquiry``."""
    locked = _lock(inquiry, seen_version)
    if locked.state != to:
        record(actor=by, action=InquiryWord.MOVED, target=locked, was=locked.state, to=to)
        _move(locked, to)


def _lock(inquiry: Inquiry, seen_version: int) -> Inquiry:
    locked = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if locked.version != seen_version:
        raise StaleInquiry
    return locked


def _move(locked: Inquiry, to: str) -> None:
    locked.state = to
    locked.ended_at = timezone.now() if to in _ENDS else None
    locked.version += 1
    locked.save(update_fields=["state", "ended_at", "version"])
