"""An annex that is tried with a draft: put beside it as a file, looked at, taken away again."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, staff_required
from catalogue.annex.proposing import (
    compare_with_annex,
    drop_proposal,
    find_proposal,
    propose_annex,
    proposed_rules,
    rules_in_force,
)
from catalogue.annex.table import AnnexRefused, write_table
from catalogue.models import AnnexProposal
from catalogue.routing import RoutingTable
from districts.models import Edition
from web.errors import PortalError

from .acts import DRAFTS
from .editions import find_edition

# Rows of the difference that are listed; the file has all of them.
_SHOWN = 100


class AnnexForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tabela załącznika (CSV)"),
        help_text=gettext_lazy(
            "Kolumny: category, layer, regions, districts, boroughs, unit, mode. Kilka miejsc w"
            " jednym wierszu oddziel spacją. Najwyżej 1 MB."
        ),
        allow_empty_file=True,
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """``table``: the proposed annex by which a preview counts; None where the one in force counts.
    ``problems``: why the proposal does not fit the draft any more.
    """

    proposal: AnnexProposal | None
    table: RoutingTable | None
    problems: list[str]


def find_tried(edition: Edition, *, is_wanted: bool = True) -> Tried:
    """By which annex the preview of ``edition`` counts: the one in force unless ``is_wanted``."""
    proposal = find_proposal(edition)
    if proposal is None or not is_wanted:
        return Tried(proposal, None, [])
    try:
        return Tried(proposal, RoutingTable(proposed_rules(proposal)), [])
    except AnnexRefused as refusal:
        return Tried(proposal, None, refusal.problems)


@staff_required(gis=True)
def annex(request: PersonRequest, code: str) -> HttpResponse:
    """What is proposed, how it differs from the annex in force, and a place for another file."""
    row = find_edition(code)
    form, status = AnnexForm(), 200
    if request.method == "POST":
        form, status = AnnexForm(request.POST, request.FILES), 400
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                propose_annex(row, file.read(), name=file.name, by=request.user)
            except PortalError as refusal:
                # One line each.
                words = "\n".join(refusal.fields.get("file", [str(refusal.detail)]))
                form.add_error("file" if refusal.field else None, words)
                status = refusal.status
            else:
                messages.success(
                    request, _("Projekt jest przy szkicu. Podgląd liczy według niego.")
                )
                return redirect("panel:edition-annex", code)
    tried = find_tried(row)
    context = {
        "edition": row,
        "is_draft": row.state in DRAFTS,
        "form": form,
        "tried": tried,
        "difference": _difference(tried),
        "shown": f":{_SHOWN}",
    }
    return render(request, "panel/boundaries/annex.html", context, status=status)


def _difference(tried: Tried):
    if tried.proposal is None or tried.problems:
        return None
    return compare_with_annex(proposed_rules(tried.proposal))


@require_POST
@staff_required(gis=True)
def drop(request: PersonRequest, code: str) -> HttpResponse:
    try:
        drop_proposal(find_edition(code), by=request.user)
    except PortalError as refusal:
        messages.error(request, str(refusal.detail))
    else:
        messages.success(
            request, _("Projekt usunięty. Podgląd liczy według obowiązującego załącznika.")
        )
    return redirect("panel:edition-annex", code)


@staff_required(gis=True)
def download(request: PersonRequest, code: str) -> HttpResponse:
    """The file as it was put beside the draft."""
    proposal = find_proposal(find_edition(code))
    if proposal is None:
        raise Http404
    return _file("\ufeff" + proposal.table, f"projekt-zalacznika-{code}.csv")


@staff_required(gis=True)
def in_force(request: PersonRequest) -> HttpResponse:
    """The annex in force in the same form, to begin with."""
    return _file(write_table(rules_in_force()), "zalacznik.csv")


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
