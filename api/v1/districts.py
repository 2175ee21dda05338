"""`/api/v1/districts/` and `/api/v1/addresses/`."""

import json
from collections.abc import Mapping

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from districts.gazetteer import FoundAddress
from districts.models import District, Edition
from districts.suggesting import suggest_addresses

_DETAILS = {"": "outline", "full": "boundary"}
_DECIMALS = {"": 5, "full": 6}
_LONGEST_QUERY = 120


class AddressOutput(serializers.Serializer):
    label = serializers.CharField()  # type: ignore[assignment]
    street = serializers.CharField()
    number = serializers.CharField()
    district = serializers.DictField(child=serializers.CharField(), allow_null=True)
    location = serializers.DictField(allow_null=True)


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
        # An edition never changes, so its code is the version of what is drawn of it.
        etag, published = f'"{edition.code}:{detail}"', _published_second(edition)
        response = get_conditional_response(request, etag, published)
        if response is None:
            body = _collection(edition, detail)
            response = HttpResponse(body, content_type="application/geo+json")
        response["ETag"], response["Last-Modified"] = etag, http_date(published)
        patch_cache_control(response, public=True, max_age=3600)
        return response


def _published_second(edition: Edition) -> int:
    """When what is shown last changed (seconds, UTC)."""
    moments = (edition.published_at, edition.in_force_from)
    return int(max(moment.timestamp() for moment in moments if moment))


def _collection(edition: Edition, detail: str) -> str:
    """GeoJSON text, EPSG:4326; the geometries come ready from the database."""
    rows = District.objects.filter(edition=edition).annotate(
        drawn=AsGeoJSON(_DETAILS[detail], precision=_DECIMALS[detail])
    )
    features = ",".join(
        f'{{"type":"Feature","properties":{_properties(row)},"geometry":{row["drawn"]}}}'
        for row in rows.values("code", "name", "borough", "drawn")
    )
    return f'{{"type":"FeatureCollection","features":[{features}]}}'


def _properties(row: Mapping) -> str:
    return json.dumps({key: row[key] for key in ("code", "name", "borough")}, ensure_ascii=False)


class AddressesView(APIView):
    @extend_schema(
        summary="Ulice od drugiej litery, a po wpisaniu numeru adresy; także z literówkami",
        parameters=[OpenApiParameter("q", str, required=True)],
        responses={200: AddressOutput(many=True)},
    )
    def get(self, request: Request) -> Response:
        text = request.query_params.get("q", "").replace("\0", "").strip()
        if len(text) > _LONGEST_QUERY:
            raise ValidationError({"q": [_("To za długie jak na adres.")]})
        return Response([_as_json(row) for row in suggest_addresses(text)])


def _as_json(row: FoundAddress) -> dict:
    point = row.location and {"type": "Point", "coordinates": list(row.location.coords)}
    return {
        "label": row.label,
        "street": row.street,
        "number": row.number,
        "district": row.district and {"code": row.district.code, "name": row.district.name},
        "location": point,
    }
