"""The addresses below `/ogc/`. Refusals become JSON in ``web.errors``."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from web.errors import NotFound

from . import documents
from .access import TokenRefused, person_of
from .collection import Collection
from .crs import Crs
from .districts import find_layer, layers
from .openapi import describe_api
from .parameters import OF_ITEM, parse_crs, parse_query, refuse_unknown
from .reports import Reports


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    refuse_unknown(request)
    return _document(request, documents.landing(request))


@require_safe
def conformance(request: HttpRequest) -> HttpResponse:
    refuse_unknown(request)
    return _document(request, {"conformsTo": documents.CONFORMS_TO})


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    refuse_unknown(request)
    return _document(request, describe_api(_collections(request)), documents.OPENAPI)


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    refuse_unknown(request)
    return _document(request, documents.collections(request, _collections(request)))


@require_safe
def collection(request: HttpRequest, collection: str) -> HttpResponse:
    refuse_unknown(request)
    return _document(request, documents.collection(_find_collection(request, collection)))


@require_safe
def items(request: HttpRequest, collection: str) -> HttpResponse:
    row = _find_collection(request, collection)
    query = parse_query(request)
    return _features(request, documents.items(request, row, row.page(query)), query.crs)


@require_safe
def item(request: HttpRequest, collection: str, feature: str) -> HttpResponse:
    row = _find_collection(request, collection)
    refuse_unknown(request, OF_ITEM)
    crs = parse_crs(request.GET)
    found = row.find(feature, crs)
    if found is None:
        raise NotFound
    return _features(request, found.written(documents.links_of_item(request, row)), crs)


def _collections(request: HttpRequest) -> list[Collection]:
    """Those that whoever asks may read."""
    person = person_of(request)
    public: list[Collection] = [*layers()]
    return [*public, Reports(person)] if person else public


def _find_collection(request: HttpRequest, name: str) -> Collection:
    person = person_of(request)
    if name == Reports.id:
        if person is None:
            raise TokenRefused
        return Reports(person)
    row = find_layer(name)
    if row is None:
        raise NotFound
    return row


def _document(request: HttpRequest, content: dict, media: str = documents.JSON) -> HttpResponse:
    words = {"ensure_ascii": False}
    response = JsonResponse(content, content_type=media, json_dumps_params=words)
    return _asked_for_each_time(request, response)


def _features(request: HttpRequest, text: str, crs: Crs) -> HttpResponse:
    response = HttpResponse(text, content_type=documents.GEOJSON)
    response["Content-Crs"] = f"<{crs.uri}>"
    return _asked_for_each_time(request, response)


def _asked_for_each_time(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What holds may change at any moment, so nobody shows it without asking; what a token opens
    is kept by nobody.
    """
    patch_vary_headers(response, ["Authorization"])
    if "Authorization" in request.headers:
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response
