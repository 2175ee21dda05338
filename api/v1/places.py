"""`/api/v1/locate/` and `/api/v1/categories/`: what the form needs to know before it is sent."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalogue.categories import active_categories
from catalogue.models import Category
from catalogue.routing import choose_unit
from districts.bordering import describe_border
from districts.covering import find_cover
from districts.describing import find_near, place_in_words
from districts.locating import locate
from districts.models import OSIEDLA, Layer
from reports.sides import is_near_border

from . import present
from .outputs import CategoryOutput, CoverOutput, ErrorOutput, PlacementOutput
from .parameters import parse_accuracy, parse_instant, parse_point
from .serializers import ExtentInput


class LocateView(APIView):
    @extend_schema(
        summary="Osiedle i jednostka dla punktu",
        parameters=[
            OpenApiParameter("lat", float, required=True),
            OpenApiParameter("lon", float, required=True),
            OpenApiParameter("category", str),
            OpenApiParameter("accuracy", float, description="metres"),
            OpenApiParameter("at", str, description="ISO 8601"),
            OpenApiParameter("layer", str, description="osiedla"),
        ],
        responses={200: PlacementOutput, 400: ErrorOutput, 422: ErrorOutput},
    )
    def get(self, request: Request) -> Response:
        """``place``: the point in words. ``asks_side``: near a border, so ask on which side; then
        ``border`` says the question and both sides in words. ``at``: by the boundaries of that
        instant. ``layer``: another division than the osiedla; then nothing is asked or routed.
        """
        layer = find_layer(request.query_params.get("layer"))
        at = parse_instant(request.query_params)
        point, accuracy = parse_point(request.query_params), parse_accuracy(request.query_params)
        category = find_category(request.query_params.get("category"))
        placement = locate(point, at=at, layer=layer)
        is_osiedle = layer == OSIEDLA
        decision = None
        if category and is_osiedle:
            decision = choose_unit(category, placement.district, point, at=at)
        is_near = is_osiedle and is_near_border(placement, accuracy, point=point)
        return Response(
            {
                "district": present.district(placement.district),
                "edition": placement.edition.code,
                "place": place_in_words(find_near(point), placement.district.name),
                "metres_to_border": round(placement.metres_to_border, 2),
                "asks_side": is_near,
                "border": present.border(describe_border(point, placement)) if is_near else None,
                "neighbour": present.district(placement.neighbour),
                "unit": present.code_and_name(decision.unit if decision else None),
                "mode": decision.mode if decision else None,
            }
        )

    @extend_schema(
        operation_id="locate_extent",
        summary="Osiedla i jednostka dla odcinka albo obszaru",
        request=ExtentInput,
        responses={200: CoverOutput, 400: ErrorOutput, 422: ErrorOutput},
    )
    def post(self, request: Request) -> Response:
        """``part``: how much of the extent lies in a district; the first one picks the unit."""
        shape = ExtentInput(data=request.data)
        shape.is_valid(raise_exception=True)
        category = find_category(shape.validated_data["category"])
        found = find_cover(shape.validated_data["extent"])
        where = found.placement.district
        decision = choose_unit(category, where, found.point) if category else None
        return Response(
            {
                "districts": [present.share(row) for row in found.shares],
                "size": round(found.size),
                "unit": present.code_and_name(decision.unit if decision else None),
                "mode": decision.mode if decision else None,
            }
        )


def find_layer(code: str | None) -> str:
    """The code of that layer, of the osiedla without one; ``ValidationError`` if unknown."""
    if not code or code == OSIEDLA:
        return OSIEDLA
    if not Layer.objects.filter(pk=code[:40]).exists():
        raise ValidationError({"layer": [_("Nie ma takiej warstwy granic.")]})
    return code


def find_category(code: str | None) -> Category | None:
    """The active category of that code, None without a code; ``ValidationError`` if unknown."""
    if not code:
        return None
    category = active_categories().get(code)
    if category is None:
        raise ValidationError({"category": [_("Nie ma takiej kategorii.")]})
    return category


class CategoriesView(APIView):
    @extend_schema(summary="Kategorie zgłoszeń", responses={200: CategoryOutput(many=True)})
    def get(self, request: Request) -> Response:
        return Response([present.category(row) for row in active_categories().values()])
