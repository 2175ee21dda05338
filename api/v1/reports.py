"""`/api/v1/reports/`: sends a report, lists those that may be shown, and shows one."""

from django.conf import settings
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import resident_of
from reports.geojson import feature_of
from reports.intake.devices import device_of, remember_device
from reports.intake.guard.admitting import check_sender
from reports.intake.ownership import owner_for_mark
from reports.intake.submission import submit_report
from reports.models import Report, Status
from reports.models.report import ReportQuerySet
from reports.public import find_public
from reports.second_thoughts.cookie import give_key

from . import present
from .listing import list_reports
from .outputs import (
    ChallengeOutput,
    ErrorOutput,
    ReceiptOutput,
    RefusalOutput,
    RepeatOutput,
    ReportOutput,
)
from .parameters import parse_references
from .serializers import ReportInput
from .sessions import SessionOfTheForm

_BBOX = OpenApiParameter("bbox", str, description="west,south,east,north (EPSG:4326)")
_REFERENCES = OpenApiParameter(
    "references",
    str,
    description="Najwyżej 100 numerów po przecinku. Odpowiedź ma wtedy miejsca słowami.",
)

_UPDATED_AFTER = OpenApiParameter(
    "updated_after",
    OpenApiTypes.DATETIME,
    description=(
        "Zgłoszenia zmienione po tej chwili, najdawniej zmienione najpierw. Kto pyta co jakiś czas,"
        " niech cofa się o minutę: zmiana mogła się wtedy jeszcze zapisywać."
    ),
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
            OpenApiParameter("category", str, many=True),
            OpenApiParameter("group", str, many=True),
            OpenApiParameter("status", str, many=True, enum=Status.values),
            OpenApiParameter("district", str),
            _UPDATED_AFTER,
            OpenApiParameter("limit", int, description="500; najwyżej 10000"),
            OpenApiParameter("cursor", str),
        ],
        responses={200: OpenApiTypes.OBJECT, 400: ErrorOutput},
    )
    def get(self, request: Request) -> HttpResponseBase:
        if "references" in request.query_params:
            rows = Report.objects.public()
            return Response(_with_places(rows, request.query_params["references"]))
        return list_reports(request)

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
