"""While an answer is written: a template is put into it, and the letter is shown as it would leave.
Nothing is stored.
"""

from dataclasses import dataclass
from typing import cast

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest
from panel.registry import ACTS, Permission
from reports.letters.notices import count_readers, preview_status_letter
from reports.models import Report

from .forms import StatusForm
from .logged_out import keeps_typed
from .page import Refused, find_report, show_report

_ANSWER = next(act for act in ACTS if act.name == "change-status")


@dataclass(frozen=True, slots=True)
class Preview:
    """``readers``: how many people would get such a letter."""

    subject: str
    body: str
    readers: int


@require_POST
@keeps_typed
@Permission.STAFF.require
def compose(request: PersonRequest, reference: str) -> HttpResponse:
    """The page with the answer as it was typed, after what the pressed button asks for."""
    report = find_report(request, reference)
    sent = cast("StatusForm", _ANSWER.form_for(report, None, request.POST))
    if "insert" in request.POST:
        form = sent.with_template_inserted(report)
        return show_report(request, report, refused=Refused(_ANSWER, None, form))
    preview = _preview(report, sent) if sent.is_valid() else None
    refused, status = Refused(_ANSWER, None, sent), 200 if preview else 400
    return show_report(request, report, refused=refused, status=status, preview=preview)


def _preview(report: Report, form: StatusForm) -> Preview:
    values = form.cleaned_data
    letter = preview_status_letter(
        report, values["status"], note=values["note"], duplicate_of=values["duplicate_of"]
    )
    return Preview(str(letter.subject), str(letter.body), count_readers(report))
