"""The public map: the page, and what others put into pages of their own."""

from dataclasses import replace
from typing import cast

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from maps.selection import Selection
from maps.summary.reading import count_all
from maps.summary.squares import Box
from maps.turns import in_turn
from reports.placing import find_place, read_place
from web.addresses import absolute_url
from web.errors import PortalError

from .filters import FilterForm, chosen_filters
from .listing import list_reports
from .numbers import numbers_of_districts, status_words, total_words
from .shading import shade
from .view import View, read_view

# Degrees around a place that somebody looks for: some 350 metres.
_NEAR_LON, _NEAR_LAT = 0.005, 0.0032


@require_safe
@in_turn
def public_map(request: HttpRequest) -> HttpResponse:
    """The map, and beside it the same reports as a list for people who cannot use a map."""
    view, words, refusal = read_view(request.GET), request.GET.get("miejsce", "").strip(), ""
    if words and not view.errors:
        try:
            box = _box_around(words)
        except PortalError as fault:
            refusal = str(fault.detail)
        else:
            query = replace(view, box=box).query
            return HttpResponseRedirect(f"{reverse('maps:map')}?{query}")
    form = FilterForm(view, miejsce=words)
    count = count_all(view.selection)
    page = list_reports(view, after=request.GET.get("po", ""))
    context = _shared(view) | {
        "form": form,
        "refusal": refusal,
        "chosen": [
            (one.words, view.query_of(one.without)) for one in chosen_filters(view.selection)
        ],
        "total": total_words(count),
        "statuses": status_words(count),
        "page": page,
        "next_query": view.query_of(view.selection, po=page.after) if page.after else "",
        "is_further": bool(request.GET.get("po")),
        "all_query": view.query_of(Selection()),
        "city_query": replace(view, box=None).query,
    }
    context |= _districts(view)
    status = 400 if view.errors or refusal else 200
    return render(request, "maps/public_map.html", context, status=status)


@xframe_options_exempt
@require_safe
@in_turn
def embedded(request: HttpRequest) -> HttpResponse:
    """The map alone, for a frame in a page of ``MAP_EMBED_ORIGINS``. It sets no cookie."""
    may_frame = csp_replace({"frame-ancestors": settings.MAP_EMBED_ORIGINS or [NONE]})
    return cast("HttpResponse", may_frame(_map_alone)(request))


def _map_alone(request: HttpRequest) -> HttpResponse:
    view = read_view(request.GET)
    context = _shared(view) | {"total": total_words(count_all(view.selection))}
    if view.drawn:
        context |= _districts(view)
    return render(request, "maps/embedded.html", context, status=400 if view.errors else 200)


@require_safe
def embedding(request: HttpRequest) -> HttpResponse:
    """How to do that: what to copy, and who may."""
    view = read_view(request.GET)
    context = _shared(view) | {
        "embedded_url": f"{absolute_url('maps:embedded')}?{view.query}",
        "origins": settings.MAP_EMBED_ORIGINS,
    }
    return render(request, "maps/embedding.html", context, status=400 if view.errors else 200)


def _shared(view: View) -> dict[str, object]:
    return {
        "view": view,
        "address": f"{absolute_url('maps:map')}?{view.query}",
        "label": _("Mapa zgłoszeń. Te same zgłoszenia są na liście obok."),
    }


def _districts(view: View) -> dict[str, object]:
    """The districts with their numbers and a way to each; what the colours on the map mean."""
    numbers = numbers_of_districts(view.selection)
    if numbers is None:
        return {"districts_cut": True}
    shading = shade(numbers, view.drawn)
    rows = [
        (one, view.query_of(replace(view.selection, district=one.district.code)))
        for one in shading.districts
    ]
    return {"districts": rows, "classes": shading.classes}


def _box_around(words: str) -> Box:
    """Raises ``UnknownPlace`` and ``OutsideCity``."""
    point = find_place(read_place(words)).location
    return (
        point.x - _NEAR_LON,
        point.y - _NEAR_LAT,
        point.x + _NEAR_LON,
        point.y + _NEAR_LAT,
    )
