"""A draft edited on the map: the page, the draft as the device gets it, the acts that it sends."""

import json
from collections.abc import Iterable
from typing import cast

import shapely
from django import forms
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, staff_required
from districts.editions.drafting import NotADraft, lock_draft, redo_change, undo_change
from districts.editions.drawing import Drawing, Drawn, Names, draw
from districts.geojson import GeometryRefused, read_areas
from districts.models import Borough, District, DraftChange, Edition
from web.errors import BadRequest, PortalError, TooLarge

from .acts import DRAFTS
from .editions import find_edition

# The districts of one act: 100,000 vertices with every digit.
_MOST_BYTES = 8 * 1024 * 1024
# Districts that one act may touch: a line may run along many neighbours.
_MOST_DISTRICTS = 200
# Somebody who has the draft open says so at least this often (seconds).
_PRESENCE = 45


class OtherAccount(PortalError):
    code = "other_account"
    status = 409
    detail = _(
        "W tej przeglądarce jest teraz zalogowany ktoś inny. Twoje zmiany czekają na Ciebie."
    )


class WrongDrawing(PortalError):
    code = "wrong_drawing"
    status = 422


class StepForm(forms.Form):
    """``account``: of whoever opened the page; ``revision``: that of the draft before the act."""

    key = forms.UUIDField()
    account = forms.IntegerField()
    revision = forms.IntegerField(min_value=0)


class DrawForm(StepForm):
    """``districts``: JSON, a list of {code, geometry?, name?, borough?}; a geometry is GeoJSON, or
    null for a district that goes.
    """

    act = forms.ChoiceField(choices=Drawn)
    districts = forms.FileField()


class NamesForm(forms.ModelForm):
    class Meta:
        model = District
        fields = ("code", "name", "borough")


@staff_required(gis=True)
def editor(request: PersonRequest, code: str) -> HttpResponse:
    edition = find_edition(code)
    if edition.state not in DRAFTS:
        raise NotADraft
    boroughs = Borough.choices if edition.districts.exclude(borough="").exists() else []
    context = {"edition": edition, "boroughs": boroughs}
    return render(request, "panel/boundaries/editor.html", context)


@staff_required(gis=True)
@transaction.atomic
def draft(request: PersonRequest, code: str) -> HttpResponse:
    """JSON: where the draft stands, and its districts as features (EPSG:4326, all digits)."""
    # The lock, so that revision and districts belong together.
    edition = lock_draft(find_edition(code))
    known = {
        **_standing(request, edition),
        "last": edition.change_key,
        "undoable": edition.changes.filter(undone_at=None).count(),
        "redoable": edition.changes.exclude(undone_at=None).count(),
    }
    features = ",".join(_feature(row) for row in edition.districts.order_by("code"))
    head = JsonResponse(known).content.decode()
    return HttpResponse(f'{head[:-1]}, "features": [{features}]}}', content_type="application/json")


@staff_required(gis=True)
def standing(request: PersonRequest, code: str) -> HttpResponse:
    """JSON: the revision, who changed the draft last, and who else has it open now."""
    edition = find_edition(code)
    if edition.state not in DRAFTS:
        raise NotADraft
    return JsonResponse({**_standing(request, edition), "others": _others(request, edition)})


@require_POST
@staff_required(gis=True)
def draw_one(request: PersonRequest, code: str) -> HttpResponse:
    edition = find_edition(code)
    given = _given(request, DrawForm(request.POST, request.FILES))
    drawing = _drawing(Drawn(given["act"]), _districts_in(given["districts"]))
    now = draw(edition, drawing, by=request.user, revision=given["revision"], key=given["key"])
    return JsonResponse({"revision": now.revision})


@require_POST
@staff_required(gis=True)
def undo(request: PersonRequest, code: str) -> HttpResponse:
    return _step(request, code, undo_change, is_undone=True)


@require_POST
@staff_required(gis=True)
def redo(request: PersonRequest, code: str) -> HttpResponse:
    return _step(request, code, redo_change, is_undone=False)


@transaction.atomic
def _step(request: PersonRequest, code: str, act, *, is_undone: bool) -> HttpResponse:
    """Undo or redo; the answer has the districts that it touched, null for those that went."""
    edition = find_edition(code)
    given = _given(request, StepForm(request.POST))
    now = act(edition, by=request.user, revision=given["revision"], key=given["key"])
    # What was undone last is the first of those that are undone.
    undone, done = now.changes.exclude(undone_at=None), now.changes.filter(undone_at=None)
    change = cast("DraftChange", undone.first() if is_undone else done.last())
    rows = {row.code: row for row in now.districts.filter(code__in=change.kept)}
    features = (
        f"{json.dumps(one)}: {_feature(rows[one]) if one in rows else 'null'}"
        for one in change.kept
    )
    body = f'{{"revision": {now.revision}, "districts": {{{", ".join(features)}}}}}'
    return HttpResponse(body, content_type="application/json")


def _given(request: PersonRequest, form: StepForm) -> dict:
    if not form.is_valid():
        raise BadRequest
    if form.cleaned_data["account"] != request.user.pk:
        raise OtherAccount
    return form.cleaned_data


def _districts_in(file) -> list[dict]:
    if file.size > _MOST_BYTES:
        raise TooLarge
    try:
        districts = json.loads(file.read())
    except (ValueError, RecursionError) as fault:
        raise BadRequest from fault
    if not isinstance(districts, list) or not 0 < len(districts) <= _MOST_DISTRICTS:
        raise BadRequest
    known = {"code", "geometry", "name", "borough"}
    for one in districts:
        if not isinstance(one, dict) or not {"code"} < one.keys() <= known:
            raise BadRequest
        if not all(isinstance(one[name], str) for name in one.keys() - {"geometry"}):
            raise BadRequest
    if len({one["code"] for one in districts}) < len(districts):
        raise BadRequest
    return districts


def _drawing(act: Drawn, districts: Iterable[dict]) -> Drawing:
    """Raises ``WrongDrawing`` with the reason."""
    given = {one["code"]: one["geometry"] for one in districts if "geometry" in one}
    drawn = {code: geometry for code, geometry in given.items() if geometry is not None}
    try:
        areas = dict(zip(drawn, read_areas(list(drawn.values())), strict=True))
    except GeometryRefused as refusal:
        raise WrongDrawing(str(refusal.detail)) from refusal
    names = {one["code"]: _names(one) for one in districts if "name" in one}
    return Drawing(act, {code: areas.get(code) for code in given}, names)


def _names(district: dict) -> Names:
    form = NamesForm(district)
    if not form.is_valid():
        sentences = [str(sentence) for errors in form.errors.values() for sentence in errors]
        raise WrongDrawing(" ".join(sentences))
    return Names(form.cleaned_data["name"], form.cleaned_data["borough"])


def _feature(row: District) -> str:
    """GeoJSON with every digit, so that shared vertices are the same numbers on the device too."""
    names = {"code": row.code, "name": row.name, "borough": row.borough}
    geometry = shapely.to_geojson(shapely.from_wkb(bytes(row.boundary.wkb)))
    properties = json.dumps(names, ensure_ascii=False)
    return f'{{"type": "Feature", "properties": {properties}, "geometry": {geometry}}}'


def _standing(request: PersonRequest, edition: Edition) -> dict:
    by = edition.changed_by.get_username() if edition.changed_by else None
    return {
        "revision": edition.revision,
        "by": by,
        "at": edition.changed_at,
        "account": request.user.pk,
        "token": get_token(request),
    }


def _others(request: PersonRequest, edition: Edition) -> list[str]:
    """User names of those who have had the draft open lately, without this one, who is noted.

    Two who ask at the same instant may miss each other once; nothing depends on it.
    """
    key, now = f"boundary-editors-{edition.pk}", timezone.now().timestamp()
    seen = {name: at for name, at in cache.get(key, {}).items() if now - at < _PRESENCE} | {
        request.user.get_username(): now
    }
    cache.set(key, seen, _PRESENCE)
    return sorted(seen.keys() - {request.user.get_username()})
