"""The page on which a card is written: fields, parts, preview, and what two editors do at once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import PersonRequest, staff_required
from procedures.arranging import Arrangement, read_arrangement
from procedures.contents import PLAIN_FIELDS, Contents, read_contents
from procedures.editing.drafting import (
    arrange_procedure,
    begin_procedure,
    save_draft,
)
from procedures.editing.locking import CardChanged, NotNow
from procedures.illustrations import find_unknown
from procedures.models import Procedure, ProcedureVersion
from procedures.text import text_of
from regulations.differing import differences_between
from web.expired import EXPIRED, SEND_AGAIN, shown_again_by

from .drawing import draw_text
from .forms import ArrangementForm, ContentsForm
from .parts import Parts, Raw, apply_act, raw_of_contents, raw_of_post

_EMPTY: Raw = {"steps": [{}], "fees": [], "documents": [], "legal_bases": [{}], "illustrations": []}
_FACTS = (
    *("is_online", "is_by_post", "is_by_phone", "needs_appointment", "has_fee", "allows_proxy"),
)


def find_procedure(number: str) -> Procedure:
    """``Http404`` where there is none, or nothing was ever written of it."""
    rows = Procedure.objects.select_related("keeper", "replaced_by", "desk_layer")
    return get_object_or_404(rows.filter(versions__isnull=False).distinct(), number=number)


def _find_draft(number: str) -> ProcedureVersion:
    rows = ProcedureVersion.objects.select_related("procedure", "unit", "department")
    return get_object_or_404(rows, procedure__number=number, published_at=None)


def _show_new_again(request: PersonRequest) -> HttpResponse:
    return _write(request, None, is_expired=True)


def _show_again(request: PersonRequest, number: str) -> HttpResponse:
    return _write(request, _find_draft(number), is_expired=True)


@shown_again_by(staff_required(editor=True)(_show_new_again))
@staff_required(editor=True)
def new(request: PersonRequest) -> HttpResponse:
    return _write(request, None)


@shown_again_by(staff_required(editor=True)(_show_again))
@staff_required(editor=True)
def edit(request: PersonRequest, number: str) -> HttpResponse:
    """The draft of the card. Where it is gone, what was typed can still be read and copied."""
    return _write(request, _find_draft(number))


def _write(
    request: PersonRequest, version: ProcedureVersion | None, *, is_expired: bool = False
) -> HttpResponse:
    if request.method != "POST":
        return _show_stored(request, version)
    raw = raw_of_post(request.POST, request.FILES, by=request.user)
    edits = _number(request.POST.get("edits"))
    if is_expired:
        return _show_typed(request, version, raw, edits, notice=SEND_AGAIN, status=EXPIRED)
    if focus := apply_act(raw, request.POST.get("act", "")):
        return _show_typed(request, version, raw, edits, focus=focus)
    form = ContentsForm(request.POST)
    parts = Parts(raw, is_bound=True)
    if not (form.is_valid() & parts.is_valid()):
        return _show(request, version, form, parts, edits, status=400)
    values: dict[str, Any] = {name: form.cleaned_data[name] for name in PLAIN_FIELDS}
    contents = Contents(**values, **parts.values())
    if faults := find_unknown(contents):
        for field, fault in faults.items():
            if field in form.fields:
                form.add_error(field, fault)
            else:
                parts.add_error(field, "text", fault)
        return _show(request, version, form, parts, edits, status=400)
    if request.POST.get("act") == "preview":
        preview = draw_text(contents)
        return _show(request, version, form, parts, edits, preview=preview)
    return _save(request, version, contents, form, parts, edits)


def _save(
    request: PersonRequest,
    version: ProcedureVersion | None,
    contents: Contents,
    form: ContentsForm,
    parts: Parts,
    edits: int,
) -> HttpResponse:
    try:
        if version is None:
            version = begin_procedure(contents, by=request.user)
        else:
            save_draft(version, contents, edits=edits, by=request.user)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return _show(request, version, form, parts, edits, status=400)
    except CardChanged as refusal:
        return _show_conflict(request, contents, form, parts, version, refusal)
    messages.success(request, _("Zapisano."))
    return redirect("panel:procedure", version.procedure.number)


def _show_conflict(
    request: PersonRequest,
    contents: Contents,
    form: ContentsForm,
    parts: Parts,
    version: ProcedureVersion | None,
    refusal: CardChanged | NotNow,
) -> HttpResponse:
    """What the other editor saved beside what was typed; one more press saves the latter."""
    now = ProcedureVersion.objects.get(pk=version.pk) if version else None
    theirs = read_contents(now) if now else contents
    differences = differences_between(text_of(theirs), text_of(contents))
    return _show(
        request,
        version,
        form,
        parts,
        now.edits if now else 0,
        differences=differences,
        their_title=theirs.title,
        status=refusal.status,
    )


def _show_stored(request: PersonRequest, version: ProcedureVersion | None) -> HttpResponse:
    if version is None:
        return _show(request, None, ContentsForm(), Parts(_EMPTY, is_bound=False), 0)
    contents = read_contents(version)
    parts = Parts(raw_of_contents(contents), is_bound=False)
    return _show(request, version, ContentsForm(instance=version), parts, version.edits)


def _show_typed(
    request: PersonRequest,
    version: ProcedureVersion | None,
    raw: Raw,
    edits: int,
    *,
    notice: object = "",
    focus: str = "",
    status: int = 200,
) -> HttpResponse:
    """What was typed, not judged yet."""
    initial: dict[str, Any] = {name: request.POST.get(name, "") for name in PLAIN_FIELDS}
    initial |= {name: name in request.POST for name in _FACTS}
    form, parts = ContentsForm(initial=initial), Parts(raw, is_bound=False)
    for row in (row for rows in raw.values() for row in rows):
        if row.get("refusal"):
            messages.error(request, row["refusal"])
    return _show(request, version, form, parts, edits, notice=notice, focus=focus, status=status)


def _show(
    request: PersonRequest,
    version: ProcedureVersion | None,
    form: ContentsForm,
    parts: Parts,
    edits: int,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context |= {
        "version": version,
        "form": form,
        "by_part": parts.shown(context.get("focus", "")),
        "edits": edits,
        "facts": [form[name] for name in _FACTS],
    }
    return render(request, "panel/procedures/edit.html", context, status=status)


def _number(text: str | None) -> int:
    """-1, which no version has, where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1


@staff_required(editor=True)
def arrange(request: PersonRequest, number: str) -> HttpResponse:
    """Topics, situations, categories, related cards, synonyms, desks, review, keeper."""
    procedure = find_procedure(number)
    stored = read_arrangement(procedure)
    initial = {
        "topics": procedure.topics.all(),
        "situations": procedure.situations.all(),
        "categories": procedure.categories.all(),
        "related": ", ".join(sorted(stored.related)),
        "synonyms": "\n".join(stored.synonyms),
        "desk_layer": stored.desk_layer,
        "review_by": stored.review_by,
        "keeper": procedure.keeper,
    }
    form = ArrangementForm(request.POST or None, initial=initial, procedure=procedure)
    if form.is_valid():
        values = dict(form.cleaned_data)
        keeper = values.pop("keeper")
        for name in ("topics", "situations", "categories"):
            values[name] = frozenset(row.code for row in values[name])
        arrange_procedure(procedure, Arrangement(**values), keeper=keeper, by=request.user)
        messages.success(request, _("Zapisano. To ułożenie obowiązuje od razu."))
        return redirect("panel:procedure", number)
    status = 400 if form.errors else 200
    context = {"procedure": procedure, "form": form}
    return render(request, "panel/procedures/arrange.html", context, status=status)
