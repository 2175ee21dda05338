"""`/api/v1/reports/`: sends a report, lists those that may be shown, and shows one."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.contrib.gis.geos import Polygon
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import resident_of
from districts.neighbourhood import clip_to_neighbourhood
from reports.geojson import feature, feature_of, feature_rows
from reports.intake.devices import device_of, remember_device
from reports.intake.guard.admitting import check_sender
from reports.intake.ownership import owner_for_mark
from reports.intake.submission import submit_report
from reports.models import Report
from reports.models.report import ReportQuerySet
from reports.public import PUBLIC_PLACE, find_public
from reports.second_thoughts.cookie import give_key

from . import present
from .outputs import (
    ChallengeOutput,
    ErrorOutput,
    ReceiptOutput,
    RefusalOutput,
    RepeatOutput,
    ReportOutput,
)
from .parameters import parse_bbox, parse_references
from .serializers import ReportInput
from .sessions import SessionOfTheForm

_BBOX = OpenApiParameter("bbox", str, description="west,south,east,north (EPSG:4326)")
_REFERENCES = OpenApiParameter(
    "references",
    str,
    description="Najwyżej 100 numerów po przecinku. Odpowiedź ma wtedy miejsca słowami.",
)


class _ReportPages(CursorPagination):
    """Newest first; at most ``max_page_size`` reports a page, whatever a client asks for."""

    page_size = 500
    max_page_size = 1000
    page_size_query_param = "limit"
    ordering = ("-created_at", "-id")

    invalid_cursor_message = _("Tej strony listy nie ma. Zacznij od początku.")  # type: ignore[assignment]

    def decode_cursor(self, request: Request) -> Cursor | None:
        try:
            cursor = super().decode_cursor(request)
            if cursor and cursor.position is not None:
                datetime.fromisoformat(str(cursor.position))
        except (NotFound, ValueError) as wrong:
            words = str(self.invalid_cursor_message)
            raise ValidationError({"cursor": [words]}) from wrong
        return cursor

    def _get_position_from_instance(self, instance: dict, ordering: Sequence[str]) -> str:
        return instance["created"]

    def get_paginated_response(self, data: list) -> Response:
        return Response(
            {
                "type": "FeatureCollection",
                "features": data,
                "next": self.get_next_link(),
                "previous": self.get_previous_link(),
            }
        )


class ReportsView(APIView):
    authentication_classes = [SessionOfTheForm]

    @extend_schema(
        operation_id="reports_list",
        summary="Zgłoszenia, które wolno pokazać",
        auth=[],
        parameters=[
            _BBOX,
            _REFERENCES,
            OpenApiParameter("limit", int),
            OpenApiParameter("cursor", str),
        ],
        responses={200: OpenApiTypes.OBJECT, 400: ErrorOutput},
    )
    def get(self, request: Request) -> Response:
        rows = Report.objects.public().annotate(place=PUBLIC_PLACE)
        if "references" in request.query_params:
            return Response(_with_places(rows, request.query_params["references"]))
        if bbox := parse_bbox(request.query_params.get("bbox")):
            near = clip_to_neighbourhood(bbox)
            box = Polygon.from_bbox(near) if near else None
            rows = rows.filter(place__bboverlaps=box) if box else rows.none()
        pages = _ReportPages()
        page = pages.paginate_queryset(feature_rows(rows, at="place"), request) or []
        return pages.get_paginated_response([feature(row) for row in page])

    @extend_schema(
        operation_id="reports_create",
        summary="Wyślij zgłoszenie",
        auth=[],
        request=ReportInput,
        responses={
            201: ReceiptOutput,
            200: ReceiptOutput,
            400: ErrorOutput,
            409: RepeatOutput,
            422: RefusalOutput,
            428: ChallengeOutput,
            429: ErrorOutput,
        },
    )
    def post(self, request: Request) -> Response:
        values = ReportInput.read(request.data)
        check_sender(
            request, values["submission_id"], proof=values["proof"], ticket=values["ticket"]
        )
        owner = owner_for_mark(values.get("account"), resident_of(request._request))
        receipt = submit_report(ReportInput.submission(values, owner))
        response = Response(present.receipt(receipt), status=201 if receipt.created else 200)
        if receipt.is_for_sender:
            give_key(response, receipt.report.reference)
        remember_device(response, device_of(request), secure=settings.SESSION_COOKIE_SECURE)
        return response


def _with_places(rows: ReportQuerySet, text: str) -> dict:
    """Those of ``rows`` that ``text`` names, with their places in words."""
    named = rows.filter(reference__in=parse_references(text))
    found = named.select_related("category", "district")
    light = found.defer("district__boundary", "district__outline")
    features = [feature_of(row, is_public=True) for row in light]
    return {"type": "FeatureCollection", "features": features, "next": None, "previous": None}


class ReportView(APIView):
    @extend_schema(
        operation_id="reports_retrieve",
        summary="Jedno zgłoszenie",
        responses={200: ReportOutput, 400: ErrorOutput, 404: ErrorOutput},
    )
    def get(self, request: Request, reference: str) -> Response:
        return Response(present.report(find_public(reference)))
