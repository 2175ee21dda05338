"""`/api/v1/districts/tiles/`: vector tiles of the boundaries in force, for other maps."""

import re

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from districts.models import OSIEDLA, Edition
from districts.tiling import MAX_ZOOM, Tile, draw_tile, extent_of
from web.errors import NotFound

from .outputs import ErrorOutput
from .places import find_layer

_TYPE = "application/vnd.mapbox-vector-tile"
_NUMBER = re.compile(r"[0-9]{1,6}")
_FIELDS = {"code": "String", "name": "String", "borough": "String"}
_LAYER = OpenApiParameter("layer", str, description=OSIEDLA)


class TileJsonOutput(serializers.Serializer):
    tilejson = serializers.CharField()
    name = serializers.CharField()
    attribution = serializers.CharField()
    scheme = serializers.CharField()
    tiles = serializers.ListField(child=serializers.CharField())
    minzoom = serializers.IntegerField()
    maxzoom = serializers.IntegerField()
    bounds = serializers.ListField(child=serializers.FloatField())
    vector_layers = serializers.ListField(child=serializers.DictField())


class DistrictTileView(APIView):
    @extend_schema(
        summary="Kafelek wektorowy (MVT) granic, które obowiązują",
        parameters=[
            *(OpenApiParameter(name, int, OpenApiParameter.PATH) for name in ("z", "x", "y")),
            _LAYER,
        ],
        responses={(200, _TYPE): OpenApiTypes.BINARY, 400: ErrorOutput, 404: ErrorOutput},
    )
    def get(self, request: Request, z: str, x: str, y: str) -> HttpResponseBase:
        edition = _edition_asked_for(request)
        tile = _parse_tile({"z": z, "x": x, "y": y})
        return _kept(request, edition, lambda: HttpResponse(draw_tile(edition, tile), _TYPE))


class DistrictTilesView(APIView):
    @extend_schema(
        summary="TileJSON kafelków granic",
        parameters=[_LAYER],
        responses={200: TileJsonOutput, 400: ErrorOutput, 404: ErrorOutput},
    )
    def get(self, request: Request) -> HttpResponseBase:
        edition = _edition_asked_for(request)
        return _kept(request, edition, lambda: Response(_tile_json(edition)))


def _edition_asked_for(request: Request) -> Edition:
    layer = find_layer(request.query_params.get("layer"))
    edition = Edition.objects.in_force_or_none(layer)
    if edition is None:
        raise NotFound(_("W tej warstwie nie obowiązuje jeszcze żadne wydanie granic."))
    return edition


def _parse_tile(given: dict[str, str]) -> Tile:
    """``ValidationError`` for what is no number, ``NotFound`` for a tile that does not exist."""
    for name, text in given.items():
        if not _NUMBER.fullmatch(text):
            raise ValidationError({name: [_("Podaj liczbę całkowitą.")]})
    try:
        return Tile(**{name: int(text) for name, text in given.items()})
    except ValueError as missing:
        words = _("Nie ma takiego kafelka. Przybliżenia są od 0 do %(most)s.")
        raise NotFound(words % {"most": MAX_ZOOM}) from missing


def _kept(request: Request, edition: Edition, answer) -> HttpResponseBase:
    """The answer, or that what somebody has of it still holds. Scripts of any page may read it."""
    # An approved edition never changes, so its code identifies what is drawn of it.
    etag = f'"{edition.code}"'
    response = get_conditional_response(request, etag) or answer()
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    # Kept by everybody, but never drawn without asking whether it still holds.
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _tile_json(edition: Edition) -> dict:
    address = reverse("api:district-tile", args=["z", "x", "y"])
    address = address.replace("z/x/y", "{z}/{x}/{y}")
    if edition.layer.pk != OSIEDLA:
        address += "?" + urlencode({"layer": edition.layer.pk})
    layers = [{"id": name, "fields": _FIELDS} for name in ("districts", "names")]
    return {
        "tilejson": "3.0.0",
        "name": f"{edition.layer.name} {edition.code}",
        "attribution": edition.credit,
        "scheme": "xyz",
        "tiles": [settings.SITE_URL + address],
        "minzoom": 0,
        "maxzoom": MAX_ZOOM,
        "bounds": list(extent_of(edition) or ()),
        "vector_layers": layers,
    }
