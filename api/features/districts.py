"""A layer of boundaries as a collection: the districts of the edition in force when asked for."""

import json
from collections.abc import Iterable
from functools import cached_property

from django.contrib.gis.db.models import Extent
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from districts.editions.periods import Period, periods_of
from districts.models import District, Layer

from .collection import Feature, Page, lying_in
from .crs import Crs
from .parameters import Query


class Districts:
    """One layer; ``is_empty`` before its first edition came into force or has a day for that."""

    schema: dict[str, dict] = {
        "code": {"type": "string"},
        "name": {"type": "string"},
        "borough": {"type": "string"},
        "edition": {"type": "string"},
        "valid_from": {"type": "string", "format": "date-time"},
        "valid_to": {"type": "string", "format": "date-time", "nullable": True},
    }
    geometry = "MultiPolygon"
    needs_token = False

    def __init__(self, layer: Layer) -> None:
        self.id, self.title = layer.pk, layer.name

    @property
    def description(self) -> str:
        return _(
            "Obszary wydania granic, które obowiązuje teraz albo w chwili podanej w „datetime”."
        )

    @cached_property
    def periods(self) -> list[Period]:
        return periods_of(self.id)

    @property
    def is_empty(self) -> bool:
        return not self.periods

    def extent(self) -> dict:
        rows = District.objects.filter(edition__in={row.edition for row in self.periods})
        box = rows.aggregate(box=Extent("boundary"))["box"]
        begun = self.periods[0].start.isoformat()
        return {"spatial": {"bbox": [box]}, "temporal": {"interval": [[begun, None]]}}

    def page(self, query: Query) -> Page:
        """The next link names the instant, so that all pages are of one edition."""
        now = timezone.now()
        since, until = (now, now) if query.is_timeless else (query.since, query.until)
        asked = {row.edition.pk: row for row in self.periods if row.touches(since, until)}
        rows = lying_in(query.areas, "boundary", District.objects.filter(edition__in=asked))
        ahead = rows.filter(pk__gt=query.after).order_by("pk")[: query.limit + 1]
        found = list(_drawn(ahead, query.crs))
        last = found[query.limit - 1]["pk"] if len(found) > query.limit else None
        pinned = {"datetime": now.isoformat()} if query.is_timeless else {}
        return Page(
            [_feature(row, asked[row["edition"]]) for row in found[: query.limit]],
            rows.count(),
            {"after": str(last), **pinned} if last else None,
        )

    def find(self, key: str, crs: Crs) -> Feature | None:
        """``key``: the codes of edition and district with a dot between. It has the period that
        holds now, else the last one.
        """
        edition, _dot, code = key.partition(".")
        own = [row for row in self.periods if row.edition.code == edition]
        if not own:
            return None
        now = timezone.now()
        period = next((row for row in own if row.touches(now, now)), own[-1])
        rows = _drawn(District.objects.filter(edition=period.edition, code=code), crs)
        return next((_feature(row, period) for row in rows), None)


def _drawn(rows: QuerySet, crs: Crs) -> Iterable[dict]:
    drawn = rows.annotate(drawn=crs.geojson_of("boundary"))
    return drawn.values("pk", "edition", "code", "name", "borough", "drawn")


def _feature(row: dict, period: Period) -> Feature:
    properties = {
        "code": row["code"],
        "name": row["name"],
        "borough": row["borough"],
        "edition": period.edition.code,
        "valid_from": period.start.isoformat(),
        "valid_to": period.end and period.end.isoformat(),
    }
    written = json.dumps(properties, ensure_ascii=False)
    return Feature(f"{period.edition.code}.{row['code']}", written, row["drawn"])


def layers() -> list[Districts]:
    """A collection for each layer that has ever had boundaries."""
    begun = Layer.objects.filter(activations__isnull=False).distinct()
    return [Districts(layer) for layer in begun]


def find_layer(code: str) -> Districts | None:
    layer = Layer.objects.filter(pk=code).first()
    found = Districts(layer) if layer else None
    return found if found and not found.is_empty else None
