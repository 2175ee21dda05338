"""While an answer is written: a template is put into it, and the letter is shown as it would leave;
so it is before reports are merged. Nothing is stored.
"""

from dataclasses import dataclass
from typing import cast

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest
from panel.act import Permission
from panel.registry import ACTS
from reports.handling.merging import note_of_merging
from reports.handling.status import OriginalRefused, check_original
from reports.letters.notices import count_readers, preview_status_letter
from reports.models import Report, Status

from .forms import MergeForm, StatusForm
from .logged_out import keeps_typed
from .page import Refused, find_report, show_report

_ANSWER = next(act for act in ACTS if act.name == "change-status")
_MERGE = next(act for act in ACTS if act.name == "merge")


@dataclass(frozen=True, slots=True)
class Preview:
    """What ``act`` would cause. ``readers``: how many people would get such a letter; ``original``:
    the report that this one is merged into, of whose changes ``later`` people would hear.
    """

    act: str
    subject: str
    body: str
    readers: int
    original: Report | None = None
    later: int = 0


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
    return Preview(_ANSWER.name, str(letter.subject), str(letter.body), count_readers(report))


@require_POST
@keeps_typed
@Permission.STAFF.require
def preview_merging(request: PersonRequest, reference: str) -> HttpResponse:
    """The page with what merging with the chosen report would do."""
    report = find_report(request, reference)
    sent = cast("MergeForm", _MERGE.form_for(report, None, request.POST))
    preview = None
    if sent.is_valid():
        original = sent.cleaned_data["duplicate_of"]
        try:
            check_original(report, original, by=request.user)
        except OriginalRefused as refusal:
            sent.add_error("duplicate_of", str(refusal.detail))
        else:
            preview = _preview_merging(report, original)
    refused, status = Refused(_MERGE, None, sent), 200 if preview else 400
    return show_report(request, report, refused=refused, status=status, preview=preview)


def _preview_merging(report: Report, original: Report) -> Preview:
    letter = preview_status_letter(
        report, Status.DUPLICATE, note=note_of_merging(original), duplicate_of=original
    )
    return Preview(
        _MERGE.name,
        str(letter.subject),
        str(letter.body),
        count_readers(report),
        original,
        count_readers(report, original),
    )
