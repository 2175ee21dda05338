"""`/api/v1/districts/` and `/api/v1/addresses/`."""

import json

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from districts.gazetteer import FoundPlace
from districts.models import District, Edition
from districts.street_boxes import Box, find_street_boxes
from districts.suggesting import suggest_addresses

from . import present

_DETAILS = {"": "outline", "full": "boundary"}
_DECIMALS = {"": 5, "full": 6}
_LONGEST_QUERY = 120
_KIND = "Tylko skrzyżowania („crossing”) i miejsca z nazwą („green”, „stop”, „school”…)."
_REACH = "Tylko z „kind”: ile metrów od „location” sięga duże miejsce; 0, gdy jest jak punkt."
_STREET_BOUNDS = (
    "Tylko bez „location”, gdy znamy przebieg ulicy: zachód, południe, wschód, północ jej części"
    " w osiedlu."
)


class AddressOutput(serializers.Serializer):
    label = serializers.CharField()  # type: ignore[assignment]
    street = serializers.CharField()
    number = serializers.CharField()
    district = serializers.DictField(child=serializers.CharField(), allow_null=True)
    location = serializers.DictField(allow_null=True)
    kind = serializers.CharField(required=False, help_text=_KIND)
    reach = serializers.IntegerField(required=False, help_text=_REACH)
    street_bounds = serializers.ListField(
        child=serializers.FloatField(), required=False, help_text=_STREET_BOUNDS
    )


class DistrictsView(APIView):
    @extend_schema(
        summary="Osiedla obowiązującego wydania granic",
        parameters=[OpenApiParameter("detail", str, enum=["full"])],
        responses={(200, "application/geo+json"): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> HttpResponse:
        detail = request.query_params.get("detail", "")
        if detail not in _DETAILS:
            raise ValidationError({"detail": [_("Podaj „full” albo nic.")]})
        edition = Edition.objects.in_force()
        # An approved edition never changes, so its code identifies what is drawn of it.
        etag = f'"{edition.code}:{detail}"'
        response = get_conditional_response(request, etag)
        if response is None:
            body = _collection_text(edition, detail)
            response = HttpResponse(body, content_type="application/geo+json")
        response["ETag"] = etag
        # Kept by everybody, but never drawn without asking whether it still holds.
        patch_cache_control(response, public=True, no_cache=True)
        return response


def _collection_text(edition: Edition, detail: str) -> str:
    """A GeoJSON FeatureCollection (EPSG:4326); the database writes the geometries as text."""
    rows = District.objects.filter(edition=edition).annotate(
        drawn=AsGeoJSON(_DETAILS[detail], precision=_DECIMALS[detail])
    )
    features = []
    for row in rows.values("code", "name", "borough", "drawn"):
        names = {"code": row["code"], "name": row["name"], "borough": row["borough"]}
        properties = json.dumps(names, ensure_ascii=False)
        geometry = row["drawn"]
        features.append(f'{{"type":"Feature","properties":{properties},"geometry":{geometry}}}')
    # Whoever draws it can tell that an answer comes from another edition.
    head = f'"type":"FeatureCollection","edition":{json.dumps(edition.code)}'
    return f'{{{head},"features":[{",".join(features)}]}}'


class AddressesView(APIView):
    @extend_schema(
        summary="Ulice od drugiej litery, z numerem adresy; skrzyżowania i miejsca z nazwą",
        parameters=[OpenApiParameter("q", str, required=True)],
        responses={200: AddressOutput(many=True)},
    )
    def get(self, request: Request) -> Response:
        text = request.query_params.get("q", "").replace("\0", "").strip()
        if len(text) > _LONGEST_QUERY:
            raise ValidationError({"q": [_("To za długie jak na adres.")]})
        rows = suggest_addresses(text)
        return Response(list(map(_address_json, rows, find_street_boxes(rows))))


def _address_json(row: FoundPlace, street_bounds: Box | None) -> dict:
    point = row.location and {"type": "Point", "coordinates": list(row.location.coords)}
    more: dict[str, object] = {}
    if row.kind:
        more |= {"kind": row.kind, "reach": row.reach if row.is_large else 0}
    if street_bounds:
        more |= {"street_bounds": street_bounds}
    return {
        "label": row.label,
        "street": row.street,
        "number": row.number,
        "district": present.code_and_name(row.district),
        "location": point,
    } | more
