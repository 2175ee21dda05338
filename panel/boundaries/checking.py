"""What the checks of an edition found, beside a map; warnings explained, mends shown and done."""

import json
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.gis.db.models.functions import AsGeoJSON
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from shapely.geometry import mapping

from accounts.access import PersonRequest, staff_required
from districts.editions.checking import (
    accept_smaller_city,
    explain_finding,
    may_accept_smaller_city,
)
from districts.editions.mending import (
    MENDS,
    Mend,
    Proposal,
    mend_draft,
    propose_mend,
    propose_snapping,
)
from districts.models import Edition, EditionCheck, Finding
from web.errors import PortalError

from .acts import DRAFTS
from .editions import find_edition
from .forms import ExplanationForm, MendForm, SmallerCityForm

# More findings than this are counted and not listed: errors come first.
_SHOWN = 300


@staff_required(gis=True)
def checks(request: PersonRequest, code: str) -> HttpResponse:
    return _show(request, find_edition(code))


@require_POST
@staff_required(gis=True)
def explain(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Keep a sentence about a warning, or about all of its kind that have none yet."""
    return _keep_sentence(request, code, pk, ExplanationForm, explain_finding)


@require_POST
@staff_required(gis=True)
def accept(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Keep why the city ends here from now on, for one place or for all such places."""
    return _keep_sentence(request, code, pk, SmallerCityForm, accept_smaller_city)


def _keep_sentence(
    request: PersonRequest, code: str, pk: int, form_class: type[ExplanationForm], act
) -> HttpResponse:
    row = find_edition(code)
    finding = get_object_or_404(row.findings, pk=pk)
    form = form_class(request.POST, finding=finding)
    if not form.is_valid():
        return _show(request, row, sent={pk: form}, status=400)
    text = form.cleaned_data["explanation"]
    alike = [finding]
    if form.cleaned_data["for_all"]:
        others = row.findings.filter(kind=finding.kind, severity=finding.severity, explanation="")
        alike += others.exclude(pk=pk)
    try:
        for one in alike:
            act(one, text, by=request.user)
    except PortalError as refusal:
        form.add_error(None, str(refusal.detail))
        return _show(request, row, sent={pk: form}, status=refusal.status)
    messages.success(request, _("Zapisano wyjaśnienie."))
    return redirect("panel:edition-checks", code)


@staff_required(gis=True)
def mend(request: PersonRequest, code: str, pk: int, word: str) -> HttpResponse:
    """Shows what a mend of one finding would do, and does it by a press."""
    row = find_edition(code)
    finding = get_object_or_404(row.findings.select_related("edition"), pk=pk)
    if word not in MENDS.get(finding.kind, ()):
        raise Http404
    chosen = Mend(word)
    return _mend(
        request,
        row,
        chosen,
        lambda tolerance: propose_mend(finding, chosen, tolerance=tolerance),
        finding=finding,
    )


@staff_required(gis=True)
def snap(request: PersonRequest, code: str) -> HttpResponse:
    """Shows what snapping all borders with errors would do, and does it by a press."""
    row = find_edition(code)
    return _mend(
        request, row, Mend.SNAP, lambda tolerance: propose_snapping(row, tolerance=tolerance)
    )


def _mend(
    request: PersonRequest, row: Edition, word: Mend, propose, *, finding: Finding | None = None
) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    form = MendForm({"tolerance": "1"} | given.dict())
    shown, refusal, status = None, "", 200
    if not form.is_valid():
        status = 400
    else:
        try:
            shown = propose(form.cleaned_data["tolerance"])
            if request.method == "POST" and form.cleaned_data["revision"] == shown.revision:
                mend_draft(row, shown, by=request.user)
                messages.success(request, _("Naprawiono. Sprawdź szkic jeszcze raz."))
                return redirect("panel:edition-checks", row.code)
            if request.method == "POST":
                refusal, status = (
                    _("Szkic zmienił się, odkąd to widzisz. Obejrzyj jeszcze raz."),
                    409,
                )
        except PortalError as fault:
            refusal, status = str(fault.detail), fault.status
    context = {
        "edition": row,
        "finding": finding,
        "mend": word,
        "snaps": word == Mend.SNAP,
        "form": form,
        "refusal": refusal,
        "shown": shown,
        "districts": _by_district(row, shown) if shown else [],
        "pieces": _pieces(shown) if shown else None,
    }
    return render(request, "panel/boundaries/mend.html", context, status=status)


def _show(
    request: PersonRequest, row: Edition, *, sent: dict | None = None, status: int = 200
) -> HttpResponse:
    findings = row.findings.annotate(drawn=AsGeoJSON("place", precision=7)).defer("place")
    listed = list(findings.select_related("explained_by")[:_SHOWN])
    names = dict(row.districts.values_list("code", "name"))
    if row.based_on:
        names = dict(row.based_on.districts.values_list("code", "name")) | names
    is_draft = row.state in DRAFTS
    check = EditionCheck.objects.filter(edition=row).first()
    rows = []
    for finding in listed:
        is_error = finding.severity == Finding.Severity.ERROR
        may_accept = is_draft and is_error and may_accept_smaller_city(row, finding)
        kind = SmallerCityForm if may_accept else ExplanationForm
        form = (sent or {}).get(finding.pk) or kind(finding=finding)
        rows.append(
            {
                "finding": finding,
                "names": [names.get(one, one) for one in finding.codes],
                "form": form,
                "may_accept": may_accept,
                "mends": MENDS.get(finding.kind, ()) if is_draft else (),
            }
        )
    counts = {word: row.findings.filter(severity=word).count() for word in Finding.Severity.values}
    unexplained = row.findings.filter(severity=Finding.Severity.WARNING, explanation="").count()
    context = {
        "edition": row,
        "is_draft": is_draft,
        "check": check,
        "is_running": check is not None and check.done_at is None and not check.has_failed,
        "is_stale": check is not None and check.revision not in (None, row.revision),
        "errors": counts["error"],
        "warnings": counts["warning"],
        "unexplained": unexplained,
        "rows": rows,
        "hidden": sum(counts.values()) - len(listed),
        "snappable": is_draft and any(Mend.SNAP in MENDS.get(one.kind, ()) for one in listed),
        "summary": _summary(counts["error"], counts["warning"]),
        "places": _collection([_feature(one) for one in listed]),
    }
    return render(request, "panel/boundaries/checks.html", context, status=status)


def _summary(errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return _("Wszystko pasuje: nie ma błędów ani ostrzeżeń.")
    words = [
        ngettext("%(number)s błąd", "%(number)s błędów", errors) % {"number": errors},
        ngettext("%(number)s ostrzeżenie", "%(number)s ostrzeżeń", warnings) % {"number": warnings},
    ]
    return _("%(errors)s i %(warnings)s.") % {"errors": words[0], "warnings": words[1]}


def _feature(finding) -> dict:
    return {
        "type": "Feature",
        "properties": {"id": finding.pk, "look": finding.severity},
        "geometry": json.loads(finding.drawn),
    }


def _collection(features: Sequence[dict]) -> dict:
    return {"type": "FeatureCollection", "features": list(features)}


def _pieces(shown: Proposal) -> dict:
    return _collection(
        [
            {
                "type": "Feature",
                "properties": {"id": piece.code, "look": "gained" if piece.is_gained else "lost"},
                "geometry": mapping(piece.ground),
            }
            for piece in shown.pieces
        ]
    )


def _by_district(row: Edition, shown: Proposal) -> list[dict]:
    """Districts that gain or lose ground; others may only get vertices that they share."""
    names = dict(row.districts.values_list("code", "name"))
    return [
        {
            "name": names.get(code, code),
            "goes": shown.shapes[code] is None,
            "gained": _sum(shown, code, is_gained=True),
            "lost": _sum(shown, code, is_gained=False),
        }
        for code in sorted({piece.code for piece in shown.pieces})
    ]


def _sum(shown: Proposal, code: str, *, is_gained: bool) -> float:
    own = [one for one in shown.pieces if one.code == code and one.is_gained == is_gained]
    return sum(one.square_metres for one in own)
