"""The page of one card: where it stands, what comes next, its versions, opinions and record."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import PersonRequest, staff_required
from accounts.models import AuditEntry
from procedures.contents import WITH_PARTS, read_contents
from procedures.editing.letters import send_review_link
from procedures.editing.review_links import make_review_link, revoke_review_link
from procedures.models import Procedure, ProcedureVersion, ProcedureWord, ReviewLink
from procedures.text import text_of
from regulations.differing import differences_between
from web.addresses import absolute_url
from web.errors import PortalError

from .acts import Card, CardAct, offered_acts
from .drawing import draw_text, files_to_download
from .editing import find_procedure
from .forms import ReviewLinkForm

_RECORD = 100


def find_card(number: str) -> Card:
    """``Http404`` where nothing was written of it."""
    procedure = find_procedure(number)
    versions = procedure.versions.select_related("unit", "department", "author")
    return Card(procedure, list(versions.order_by("-number")))


@require_safe
@staff_required(editor=True)
def card(request: PersonRequest, number: str) -> HttpResponse:
    return _show(request, find_card(number))


def view_of(act: CardAct):
    """The view behind the address of ``act``: a press does it, or the page says why not."""

    @require_POST
    @staff_required(editor=True)
    def view(request: PersonRequest, number: str) -> HttpResponse:
        shown = find_card(number)
        form = act.form(request.POST)
        if not form.is_valid():
            return _show(request, shown, sent={act.name: form}, status=400)
        values = dict(form.cleaned_data)
        edits = values.pop("edits")
        if act.with_edits:
            values["edits"] = edits
        about = act.about(shown)
        if about is None:
            messages.error(request, _("Tego nie można teraz zrobić: stan karty jest już inny."))
            return _show(request, shown, status=409)
        try:
            act.run(about, by=request.user, **values)
        except PortalError as refusal:
            form.add_error(
                refusal.field if refusal.field in form.fields else None, str(refusal.detail)
            )
            return _show(request, find_card(number), sent={act.name: form}, status=refusal.status)
        messages.success(request, str(act.done))
        arguments = [] if act.leads_to == "panel:procedures" else [number]
        return redirect(act.leads_to, *arguments)

    return view


def _show(
    request: PersonRequest,
    shown: Card,
    *,
    sent: dict[str, Any] | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    sent = sent or {}
    newest = read_contents(_whole(shown.newest))
    initial = {"edits": shown.newest.edits}
    offered = offered_acts(shown, request.user)
    rows = [
        {
            "act": act,
            "form": sent.get(act.name) or act.form(initial=initial, auto_id=f"{act.name}-%s"),
        }
        for act in offered
    ]
    missed = [form for name, form in sent.items() if name not in {act.name for act in offered}]
    context |= {
        "card": shown,
        "procedure": shown.procedure,
        "next": [row for row, act in zip(rows, offered, strict=True) if not act.at_end],
        "at_end": [row for row, act in zip(rows, offered, strict=True) if act.at_end],
        "refusals": [
            error for form in missed for errors in form.errors.values() for error in errors
        ],
        "text": draw_text(newest),
        "files": files_to_download(newest),
        "waiting": [one for one in newest.illustrations if not one.picture.is_ready],
        "is_second_person_needed": bool(
            shown.in_review and "procedure-publish" not in {act.name for act in offered}
        ),
        "links": ReviewLink.objects.filter(version__procedure=shown.procedure).select_related(
            "version", "made_by"
        )[:20],
        "link_form": context.get("link_form") or ReviewLinkForm(initial=initial, auto_id="link-%s"),
        "record": _record_of(shown.procedure),
        "dead_links": shown.procedure.outside_links.dead().order_by("url"),
    }
    return render(request, "panel/procedures/card.html", context, status=status)


def _whole(version: ProcedureVersion) -> ProcedureVersion:
    rows = ProcedureVersion.objects.select_related("unit", "department")
    return rows.prefetch_related(*WITH_PARTS).get(pk=version.pk)


def _record_of(procedure: Procedure) -> list[dict[str, Any]]:
    """The change record: what was done, by whom, to which version, with which sentence."""
    entries = (
        AuditEntry.objects.filter(
            target_type=procedure._meta.label_lower, target_id=str(procedure.pk)
        )
        .select_related("actor")
        .order_by("-at", "-pk")[:_RECORD]
    )
    words = dict(ProcedureWord.choices)
    return [
        {
            "word": words.get(entry.action, entry.action),
            "at": entry.at,
            "by": entry.actor.username if entry.actor else "",
            "version": entry.details.get("version"),
            "note": entry.details.get("note", ""),
        }
        for entry in entries
    ]


def _find_version(number: str, version: int) -> ProcedureVersion:
    rows = ProcedureVersion.objects.select_related("procedure", "unit", "department")
    return get_object_or_404(
        rows.prefetch_related(*WITH_PARTS), procedure__number=number, number=version
    )


@require_safe
@staff_required(editor=True)
def version(request: PersonRequest, number: str, version: int) -> HttpResponse:
    """What one version said."""
    found = _find_version(number, version)
    contents = read_contents(found)
    context = {
        "procedure": found.procedure,
        "version": found,
        "text": draw_text(contents),
        "files": files_to_download(contents),
    }
    return render(request, "panel/procedures/version.html", context)


@require_safe
@staff_required(editor=True)
def differences(request: PersonRequest, number: str, version: int, since: int) -> HttpResponse:
    """What the version changed since the version ``since``."""
    old, new = _find_version(number, since), _find_version(number, version)
    paragraphs = differences_between(
        *(f"# {one.title}\n\n{text_of(read_contents(one))}" for one in (old, new))
    )
    context = {
        "procedure": new.procedure,
        "old": old,
        "new": new,
        "paragraphs": paragraphs,
        "changes": [paragraph for paragraph in paragraphs if paragraph.number],
    }
    return render(request, "panel/procedures/differences.html", context)


@require_POST
@staff_required(editor=True)
def make_link(request: PersonRequest, number: str) -> HttpResponse:
    """A link for an opinion; it is shown on the page that answers, and nowhere later."""
    shown = find_card(number)
    form = ReviewLinkForm(request.POST, auto_id="link-%s")
    if not form.is_valid():
        return _show(request, shown, link_form=form, status=400)
    given = form.cleaned_data
    try:
        link, key = make_review_link(
            shown.newest,
            edits=given["edits"],
            name=given["name"],
            days=given["days"],
            by=request.user,
        )
    except PortalError as refusal:
        form.add_error(None, str(refusal.detail))
        return _show(request, find_card(number), link_form=form, status=refusal.status)
    address = absolute_url("opinion", key)
    if given["email"]:
        send_review_link(link, address, to=given["email"])
    response = _show(request, find_card(number), new_link=address, sent_to=given["email"])
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@staff_required(editor=True)
def revoke_link(request: PersonRequest, number: str, pk: int) -> HttpResponse:
    links = ReviewLink.objects.select_related("version__procedure")
    link = links.filter(pk=pk, version__procedure__number=number).first()
    if link is None:
        raise Http404
    try:
        revoke_review_link(link, by=request.user)
    except PortalError as refusal:
        messages.error(request, str(refusal.detail))
        return _show(request, find_card(number), status=refusal.status)
    messages.success(request, _("Link już nie działa."))
    return redirect("panel:procedure", number)
