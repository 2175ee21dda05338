"""`/api/v1/uploads/`: a photo in parts, by the tus protocol 1.0.0, core and creation.

The id at the end of ``Location`` becomes the id of the photo when the last part has arrived.
"""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from reports.models import Upload
from reports.photos.resuming import begin_upload, find_upload, receive_part
from web.limits import check_bytes

from .outputs import ErrorOutput

_PROTOCOL = "1.0.0"
# The most that the column of the length can hold.
_LARGEST = 2**31 - 1


class PartParser(BaseParser):
    media_type = "application/offset+octet-stream"

    def parse(self, stream, media_type=None, parser_context=None):
        """The bytes, unchanged."""
        return stream.read()


class _TusView(APIView):
    parser_classes = [PartParser]

    def finalize_response(self, request, response, *args, **kwargs) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Tus-Resumable"] = response["Tus-Version"] = _PROTOCOL
        response["Tus-Extension"] = "creation"
        response["Tus-Max-Size"] = settings.MAX_PHOTO_BYTES
        response["Cache-Control"] = "no-store"
        return response


class UploadsView(_TusView):
    @extend_schema(
        summary="Zacznij wysyłać zdjęcie w częściach (tus 1.0.0)",
        parameters=[OpenApiParameter("Upload-Length", int, OpenApiParameter.HEADER, required=True)],
        request=None,
        responses={201: None, 400: ErrorOutput, 413: ErrorOutput},
    )
    def post(self, request: Request) -> Response:
        length = _read_byte_count(request, "Upload-Length")
        if length <= settings.MAX_PHOTO_BYTES:
            check_bytes(request, length)
        upload = begin_upload(length)
        return Response(status=201, headers={"Location": reverse("api:upload", args=[upload.pk])})


class UploadView(_TusView):
    @extend_schema(exclude=True)
    def head(self, request: Request, pk: UUID) -> Response:
        return _progress_response(find_upload(pk), 200)

    @extend_schema(
        summary="Wyślij następną część zdjęcia (tus 1.0.0)",
        parameters=[OpenApiParameter("Upload-Offset", int, OpenApiParameter.HEADER, required=True)],
        request={PartParser.media_type: OpenApiTypes.BINARY},
        responses={
            204: None,
            400: ErrorOutput,
            404: ErrorOutput,
            409: ErrorOutput,
            413: ErrorOutput,
            415: ErrorOutput,
        },
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        offset = _read_byte_count(request, "Upload-Offset")
        content = request.data if isinstance(request.data, bytes) else b""
        return _progress_response(receive_part(pk, offset, content), 204)


def _progress_response(upload: Upload, status: int) -> Response:
    headers = {"Upload-Offset": str(upload.received), "Upload-Length": str(upload.length)}
    return Response(status=status, headers=headers)


def _read_byte_count(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    is_number = text.isascii() and text.isdigit() and len(text) <= 10
    if not is_number or int(text) > _LARGEST:
        raise ValidationError({header: [_("Podaj tu liczbę bajtów.")]})
    return int(text)
