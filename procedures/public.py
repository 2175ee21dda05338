"""A card as the public may read it, read from the database at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import Category, Kind
from web.errors import NotFound, PortalError
from web.markdown import AllowedPicture

from .contents import WITH_PARTS
from .illustrations import shown_pictures
from .models import (
    Desk,
    Document,
    LifeSituation,
    Picture,
    Procedure,
    ProcedureVersion,
    Topic,
)


class UnknownCard(NotFound):
    """No card with that number was ever published."""


class WithdrawnCard(PortalError):
    """The card is withdrawn. Its page says so too; other shapes of it are gone."""

    code = "withdrawn"
    status = 410
    detail = gettext_lazy("Tę kartę wycofano.")

    def __init__(self, procedure: Procedure) -> None:
        other = procedure.replaced_by
        super().__init__(replaced_by=other.number if other else None)


class Fact(NamedTuple):
    """A question about how the matter is settled, and its answer."""

    question: str
    icon: str
    is_so: bool


@dataclass(frozen=True)
class PublicCard:
    """The current version of a published procedure with what belongs to it."""

    procedure: Procedure
    version: ProcedureVersion

    @property
    def number(self) -> str:
        return self.procedure.number

    @property
    def url(self) -> str:
        return reverse("procedures:card", args=[self.number])

    @property
    def facts(self) -> list["Fact"]:
        """What people look for before they read."""
        version = self.version
        return [
            Fact(_("Przez internet?"), icon="globe", is_so=version.is_online),
            Fact(_("Pocztą?"), icon="mail", is_so=version.is_by_post),
            Fact(_("Przez telefon?"), icon="phone", is_so=version.is_by_phone),
            Fact(_("Trzeba się umówić?"), icon="calendar-days", is_so=version.needs_appointment),
            Fact(_("Coś się płaci?"), icon="coins", is_so=version.has_fee),
            Fact(_("Przez pełnomocnika?"), icon="users", is_so=version.allows_proxy),
        ]

    @cached_property
    def steps(self) -> list[str]:
        return [step.text for step in self.version.steps.all()]

    @cached_property
    def documents(self) -> dict[str, list[Document]]:
        """By kind ("required", "other"); a kind without documents is left out."""
        found: dict[str, list[Document]] = {}
        for document in self.version.documents.all():
            found.setdefault(document.kind, []).append(document)
        return found

    @cached_property
    def pictures(self) -> dict[str, AllowedPicture]:
        """What its Markdown may show, by name."""
        return shown_pictures(self.version.illustrations.all(), picture_url)

    @cached_property
    def topics(self) -> list[Topic]:
        return list(self.procedure.topics.filter(is_active=True).select_related("parent"))

    @cached_property
    def situations(self) -> list[LifeSituation]:
        return list(self.procedure.situations.filter(is_active=True))

    @cached_property
    def categories(self) -> list[Category]:
        """Categories of reports that belong with the card and that lead to a report."""
        return list(self.procedure.categories.filter(is_active=True, kind=Kind.REPORT))

    @cached_property
    def related(self) -> list[ProcedureVersion]:
        """The current versions of related cards."""
        others = self.procedure.related.values("pk")
        rows = ProcedureVersion.objects.current().filter(procedure__in=others)
        return list(rows.select_related("procedure").order_by("title"))

    @cached_property
    def past(self) -> Sequence[ProcedureVersion]:
        """All versions that the public has read, the newest first: the change record."""
        rows = self.procedure.versions.begun().order_by("-published_at")
        return list(rows.only("pk", "published_at", "change_note"))

    @cached_property
    def desks(self) -> list[Desk]:
        """Where the unit serves people."""
        return list(Desk.objects.filter(unit=self.version.unit, is_active=True))


def find_card(number: str) -> PublicCard | Procedure:
    """The card with that number, or the procedure alone where its card is withdrawn. Raises
    ``UnknownCard``.
    """
    procedure = (
        Procedure.objects.known().select_related("replaced_by", "desk_layer").filter(number=number)
    ).first()
    if procedure is None:
        raise UnknownCard
    rows = procedure.versions.current().select_related("unit", "department")
    version = rows.prefetch_related(*WITH_PARTS).first()
    return PublicCard(procedure, version) if version else procedure


def picture_url(picture: Picture) -> str:
    return reverse("procedures:picture", args=[picture.pk])


def current_version(procedure: Procedure) -> ProcedureVersion | None:
    return procedure.versions.current().first()


def title_of(procedure: Procedure) -> str:
    """The title that the public read last, also of a withdrawn card."""
    newest = procedure.versions.begun().order_by("-published_at").values_list("title", flat=True)
    return newest.first() or procedure.number


def cards_of_categories(categories: Sequence[Category]) -> dict[int, list[ProcedureVersion]]:
    """The current versions of cards by the key of the category with which they belong."""
    asked = Procedure.objects.filter(categories__in=categories)
    by_procedure: dict[int, list[int]] = {}
    for procedure, category in asked.values_list("pk", "categories"):
        by_procedure.setdefault(procedure, []).append(category)
    rows = ProcedureVersion.objects.current().filter(procedure__in=by_procedure)
    found: dict[int, list[ProcedureVersion]] = {}
    for version in rows.select_related("procedure").order_by("title"):
        for category in by_procedure[version.procedure_id]:
            found.setdefault(category, []).append(version)
    return found
