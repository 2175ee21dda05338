"""How a procedure is found and what it belongs with. It has no versions: it holds at once."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from districts.models import Layer

from .models import Procedure

_SETS = ("topics", "situations", "categories", "related")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Topics, situations and categories by code, related procedures by number."""

    topics: frozenset[str] = frozenset()
    situations: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()
    synonyms: tuple[str, ...] = ()
    desk_layer: Layer | None = None
    review_by: datetime.date | None = None

    def differs_from(self, other: "Arrangement") -> list[str]:
        """The fields that say something else."""
        return [
            field.name
            for field in fields(self)
            if getattr(self, field.name) != getattr(other, field.name)
        ]


def read_arrangement(procedure: Procedure) -> Arrangement:
    """How ``procedure`` is arranged; its relations may have been prefetched."""
    return Arrangement(
        topics=_codes(procedure.topics.all()),
        situations=_codes(procedure.situations.all()),
        categories=_codes(procedure.categories.all()),
        related=frozenset(other.number for other in procedure.related.all()),
        synonyms=tuple(procedure.synonyms),
        desk_layer=procedure.desk_layer,
        review_by=procedure.review_by,
    )


def _codes(rows: Iterable[Any]) -> frozenset[str]:
    return frozenset(row.code for row in rows)


def write_arrangement(procedure: Procedure, wanted: Arrangement) -> None:
    """Save how ``procedure`` is arranged. The codes and numbers are known ones."""
    procedure.synonyms = list(wanted.synonyms)
    procedure.desk_layer = wanted.desk_layer
    procedure.review_by = wanted.review_by
    procedure.save(update_fields=["synonyms", "desk_layer", "review_by"])
    for name in _SETS:
        manager = getattr(procedure, name)
        key = "number" if name == "related" else "code"
        manager.set(manager.model.objects.filter(**{f"{key}__in": getattr(wanted, name)}))
