"""`/api/v1/photos/`: a photo is uploaded before its report."""

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from pictures.errors import PhotoTooLarge
from reports.photos.uploading import store_upload
from web.limits import check_bytes

from .outputs import ErrorOutput

_UPLOAD = inline_serializer("PhotoInput", {"file": serializers.FileField()})
_STORED = inline_serializer("PhotoOutput", {"id": serializers.UUIDField()})
# Bytes that multipart adds around one file.
_ENVELOPE = 16 * 1024


class PhotosView(APIView):
    parser_classes = [MultiPartParser]

    @extend_schema(
        summary="Dodaj zdjęcie do zgłoszenia, które dopiero powstaje",
        request={"multipart/form-data": _UPLOAD},
        responses={201: _STORED, 400: ErrorOutput, 413: ErrorOutput, 415: ErrorOutput},
    )
    def post(self, request: Request) -> Response:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.MAX_PHOTO_BYTES + _ENVELOPE:
            raise PhotoTooLarge
        file = request.FILES.get("file")
        if file is None:
            raise ValidationError({"file": [_("Wyślij plik w polu „file”.")]})
        check_bytes(request, file.size or 0)
        return Response({"id": store_upload(file).pk}, status=201)
