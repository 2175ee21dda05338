"""`/api/v1/procedures/`: cards of the knowledge base, listed, searched and whole."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from procedures.models import Procedure, ProcedureFile, ProcedureVersion
from procedures.numbers import read_number
from procedures.public import PublicCard, WithdrawnCard, find_card
from procedures.search.searching import Filters, listed, search_cards

from .outputs import ErrorOutput, ProcedureOutput, ProcedurePageOutput, WithdrawnOutput

_LONGEST = 200
_MOST_FOUND = 50


class _CardPages(CursorPagination):
    page_size = 100
    max_page_size = 500
    page_size_query_param = "limit"
    ordering = ("procedure__number",)

    invalid_cursor_message = _("Tej strony listy nie ma. Zacznij od początku.")  # type: ignore[assignment]

    def decode_cursor(self, request: Request) -> Cursor | None:
        try:
            return super().decode_cursor(request)
        except NotFound as wrong:
            raise ValidationError({"cursor": [str(self.invalid_cursor_message)]}) from wrong

    def _get_position_from_instance(
        self, instance: ProcedureVersion, ordering: Sequence[str]
    ) -> str:
        return instance.procedure.number


class ProceduresView(APIView):
    @extend_schema(
        operation_id="procedures_list",
        summary="Karty spraw urzędowych",
        auth=[],
        parameters=[
            OpenApiParameter("q", str, description="Słowa; wtedy najlepsze karty, bez stron."),
            OpenApiParameter("unit", str),
            OpenApiParameter("topic", str),
            OpenApiParameter("situation", str),
            OpenApiParameter("limit", int),
            OpenApiParameter("cursor", str),
        ],
        responses={200: ProcedurePageOutput, 400: ErrorOutput},
    )
    def get(self, request: Request) -> Response:
        query = request.query_params
        unit, topic, situation = (
            query.get(name, "")[:40] for name in ("unit", "topic", "situation")
        )
        filters = Filters(unit=unit, topic=topic, situation=situation)
        if text := query.get("q", "").strip()[:_LONGEST]:
            found = search_cards(text, filters, limit=_MOST_FOUND).versions
            return Response({"results": _rows(found), "next": None, "previous": None})
        pages = _CardPages()
        page: list[ProcedureVersion] = pages.paginate_queryset(listed(filters), request) or []
        return Response(
            {
                "results": _rows(page),
                "next": pages.get_next_link(),
                "previous": pages.get_previous_link(),
            }
        )


class ProcedureView(APIView):
    @extend_schema(
        operation_id="procedures_retrieve",
        summary="Jedna karta sprawy urzędowej",
        auth=[],
        responses={200: ProcedureOutput, 404: ErrorOutput, 410: WithdrawnOutput},
    )
    def get(self, request: Request, number: str) -> Response:
        """In any spelling of the number. 410 for a card that is withdrawn; ``replaced_by`` is then
        the number of the one in its place.
        """
        card = find_card(read_number(number))
        if isinstance(card, Procedure):
            raise WithdrawnCard(card)
        return Response(_whole(card))


def _rows(versions: Iterable[ProcedureVersion]) -> list[dict]:
    return [_row(version) for version in versions]


def _row(version: ProcedureVersion) -> dict:
    number = version.procedure.number
    return {
        "number": number,
        "title": version.title,
        "summary": version.summary,
        "unit": {"code": version.unit.code, "name": version.unit.name},
        "published_at": version.published_at,
        "url": settings.SITE_URL + reverse("procedures:card", args=[number]),
    }


def _whole(card: PublicCard) -> dict:
    """Texts are Markdown, as the editors wrote them."""
    version = card.version
    department = version.department
    return _row(version) | {
        "department": department.name if department else None,
        "online": version.is_online,
        "online_url": version.online_url or None,
        "by_post": version.is_by_post,
        "by_phone": version.is_by_phone,
        "appointment": version.needs_appointment,
        "fee": version.has_fee,
        "proxy": version.allows_proxy,
        "steps": card.steps,
        "handling": version.handling,
        "time_limit": version.time_limit,
        "place": version.place,
        "fees": [
            {
                "name": fee.name,
                "amount": None if fee.amount is None else str(fee.amount),
                "account": fee.account,
            }
            for fee in version.fees.all()
        ],
        "exemptions": version.exemptions,
        "documents": [
            {
                "kind": document.kind,
                "name": document.name,
                "note": document.note,
                "template": _file_url(document.template) if document.template else None,
            }
            for documents in card.documents.values()
            for document in documents
        ],
        "legal_basis": [
            {"title": basis.title, "url": basis.url or None} for basis in version.legal_bases.all()
        ],
        "appeal": version.appeal,
        "pictures": [
            picture._asdict() | {"name": name, "url": settings.SITE_URL + picture.url}
            for name, picture in card.pictures.items()
        ],
        "topics": [topic.code for topic in card.topics],
        "situations": [situation.code for situation in card.situations],
        "categories": [category.code for category in card.categories],
        "related": [other.procedure.number for other in card.related],
        "is_demo": card.procedure.is_demo,
    }


def _file_url(file: ProcedureFile) -> str:
    return settings.SITE_URL + reverse("procedures:file", args=[file.pk, file.name])
