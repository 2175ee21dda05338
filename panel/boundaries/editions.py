"""Layers and their editions, the page of one edition, and the acts on it."""

from django.contrib import messages
from django.contrib.gis.db.models.functions import Area, Transform
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, staff_required
from districts.editions.drafting import begin_draft
from districts.models import Edition, Layer, State
from districts.showing import outlines_as_geojson
from web.errors import PortalError

from .acts import EditionAct, Section, offered_acts
from .forms import DraftForm, LayerForm

# PL-1992, in which areas are measured.
_METRIC_SRID = 2180


def find_edition(code: str) -> Edition:
    """With its state; ``Http404``."""
    rows = Edition.objects.with_state().select_related("layer", "based_on", "author", "approved_by")
    return get_object_or_404(rows, code=code)


def edition_to_compare(row: Edition) -> Edition | None:
    """That in force; where that is ``row`` itself, the one that it was based on."""
    before = Edition.objects.in_force_or_none(row.layer.pk)
    return row.based_on if before == row else before


@staff_required(gis=True)
def editions(request: PersonRequest) -> HttpResponse:
    """Every layer with its editions, the newest first."""
    layers = []
    rows = Edition.objects.with_state().select_related("author").order_by("-created_at")
    for layer in Layer.objects.select_related("unit"):
        own = [row for row in rows if row.layer_id == layer.pk]
        in_force = next((row for row in own if row.state == State.IN_FORCE), None)
        had = in_force and any(row.state == State.PAST for row in own)
        layers.append({"layer": layer, "editions": own, "may_go_back": had})
    return render(request, "panel/boundaries/editions.html", {"layers": layers})


@staff_required(gis=True)
def new_draft(request: PersonRequest) -> HttpResponse:
    form = DraftForm(request.POST or None, initial={"layer": request.GET.get("warstwa")})
    if form.is_valid():
        try:
            draft = begin_draft(by=request.user, **form.cleaned_data)
        except PortalError as refusal:
            form.add_error(refusal.field or None, str(refusal.detail))
        else:
            return redirect("panel:edition", draft.code)
    status = 400 if form.errors else 200
    return render(request, "panel/boundaries/new_draft.html", {"form": form}, status=status)


@staff_required(gis=True)
def new_layer(request: PersonRequest) -> HttpResponse:
    form = LayerForm(request.POST or None)
    if form.is_valid():
        form.save()
        return redirect("panel:boundaries")
    status = 400 if form.errors else 200
    return render(request, "panel/boundaries/new_layer.html", {"form": form}, status=status)


@staff_required(gis=True)
def edition(request: PersonRequest, code: str) -> HttpResponse:
    return _show(request, find_edition(code))


def view_of(act: EditionAct):
    """The view behind the address of ``act``: a press does it, or the page says why not."""

    @require_POST
    @staff_required(gis=True)
    def view(request: PersonRequest, code: str) -> HttpResponse:
        row = find_edition(code)
        form = act.form(request.POST, edition=row)
        if not form.is_valid():
            return _show(request, row, sent={act.name: form}, status=400)
        try:
            act.run(row, by=request.user, **form.cleaned_data)
        except PortalError as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, str(refusal.detail))
            return _show(request, find_edition(code), sent={act.name: form}, status=refusal.status)
        messages.success(request, str(act.done))
        return redirect(act.leads_to, code)

    return view


def _show(
    request: PersonRequest, row: Edition, *, sent: dict | None = None, status: int = 200
) -> HttpResponse:
    acts: dict[str, list] = {section: [] for section in Section}
    offered = offered_acts(row, request.user)
    for act in offered:
        form = (sent or {}).get(act.name) or act.form(edition=row)
        acts[act.section].append({"act": act, "form": form})
    # What was refused because things are no longer as the page showed them is said above.
    missed = [form for name, form in (sent or {}).items() if name not in {a.name for a in offered}]
    context = {
        "edition": row,
        "state": State(row.state),
        "is_draft": row.state in (State.DRAFT, State.CHECKED),
        "acts": acts,
        "refusals": [str(error) for form in missed for error in form.non_field_errors()],
        "districts": _districts_of(row),
        "changes": row.changes.select_related("by").order_by("-number")[:50],
        "steps": row.steps.select_related("by").order_by("-at", "-pk")[:50],
        "activations": row.activations.select_related("by").order_by("-at"),
    }
    return render(request, "panel/boundaries/edition.html", context, status=status)


def _districts_of(row: Edition) -> QuerySet:
    return (
        row.districts.defer("boundary", "outline", "label_point")
        .annotate(square_metres=Area(Transform("boundary", _METRIC_SRID)))
        .order_by("name", "code")
    )


@staff_required(gis=True)
def outlines(request: PersonRequest, code: str) -> HttpResponse:
    """The districts as maps of this room draw them."""
    body = outlines_as_geojson(find_edition(code))
    return HttpResponse(body, content_type="application/geo+json")
