"""`/api/v1/similar/`: open reports that may be about the same matter; and following one of them."""

from dataclasses import asdict

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import resident_of
from reports.intake.devices import device_of, follower_hash, remember_device
from reports.intake.following import Letters, follow
from reports.intake.similar import find_similar
from reports.models import Report

from . import present
from .outputs import ErrorOutput
from .parameters import parse_point
from .places import find_category
from .sessions import SessionOfTheForm

_FOLLOWED = inline_serializer(
    "FollowOutput",
    {
        "followers": serializers.IntegerField(),
        "letters": serializers.ChoiceField(choices=[kind.value for kind in Letters]),
    },
)


class FollowInput(serializers.Serializer):
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True, default="")
    consent = serializers.BooleanField(required=False, default=False)


class SimilarView(APIView):
    @extend_schema(
        summary="Otwarte zgłoszenia w pobliżu, które mogą dotyczyć tego samego",
        parameters=[
            OpenApiParameter("lat", float, required=True),
            OpenApiParameter("lon", float, required=True),
            OpenApiParameter("category", str, required=True),
        ],
        responses={200: OpenApiTypes.OBJECT, 400: ErrorOutput},
    )
    def get(self, request: Request) -> Response:
        point = parse_point(request.query_params)
        category = find_category(request.query_params.get("category"))
        if category is None:
            raise ValidationError({"category": [_("Podaj kategorię.")]})
        features = [present.similar_report(row) for row in find_similar(point, category)]
        return Response({"type": "FeatureCollection", "features": features})


class FollowView(APIView):
    authentication_classes = [SessionOfTheForm]

    @extend_schema(
        summary="Ja też: dołącz do zgłoszenia",
        description=(
            "Z adresem i zgodą: wiadomości zaczną przychodzić, gdy właściciel skrzynki je"
            " potwierdzi. Osoba zalogowana w przeglądarce dostaje je na adres konta."
        ),
        auth=[],
        request=FollowInput,
        responses={200: _FOLLOWED, 400: ErrorOutput, 404: ErrorOutput, 409: ErrorOutput},
    )
    def post(self, request: Request, reference: str) -> Response:
        shape = FollowInput(data=request.data)
        shape.is_valid(raise_exception=True)
        device = device_of(request)
        report = Report.objects.public().find(reference)
        following = follow(
            report,
            follower=follower_hash(device),
            resident=resident_of(request._request),
            **shape.validated_data,
        )
        response = Response(asdict(following))
        remember_device(response, device, secure=settings.SESSION_COOKIE_SECURE)
        return response
