"""What every collection of features answers."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Protocol

from django.contrib.gis.geos import Polygon
from django.db.models import Q, QuerySet

from .crs import Crs
from .parameters import Query


@dataclass(frozen=True, slots=True)
class Feature:
    """``properties`` and ``geometry`` are JSON texts: the database writes the geometry."""

    id: str
    properties: str
    geometry: str

    def written(self, more: str = "") -> str:
        """A GeoJSON Feature; ``more``: further members, each after a comma."""
        return (
            f'{{"type":"Feature","id":"{self.id}","properties":{self.properties},'
            f'"geometry":{self.geometry}{more}}}'
        )


@dataclass(frozen=True, slots=True)
class Page:
    """``matched``: how many features match on all pages, None where counting costs too much.
    ``following``: parameters that the next page has besides, None on the last one.
    """

    features: list[Feature]
    matched: int | None
    following: dict[str, str] | None


class Collection(Protocol):
    """``schema``: properties of its features as OpenAPI writes them; ``geometry``: their type.
    ``needs_token``: whether only staff read it, by a personal token.
    """

    id: str
    schema: dict[str, dict]
    geometry: str
    needs_token: bool

    @property
    def title(self) -> str: ...

    @property
    def description(self) -> str: ...

    def extent(self) -> dict:
        """Where and when its features lie, as the standard writes it (CRS84)."""

    def page(self, query: Query) -> Page: ...

    def find(self, key: str, crs: Crs) -> Feature | None: ...


def lying_in(areas: list[Polygon] | None, field: str, rows: QuerySet) -> QuerySet:
    """Those of ``rows`` whose geometry ``field`` meets one of ``areas``; all if that is None."""
    if areas is None:
        return rows
    if not areas:
        return rows.none()
    return rows.filter(reduce(or_, (Q(**{f"{field}__intersects": area}) for area in areas)))
