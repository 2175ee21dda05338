"""The reports that a member of staff may see, as a collection; without what people wrote."""

import json
from collections.abc import Iterable

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from districts.models import REPORTS
from reports.models import Report
from web.addresses import absolute_url

from .collection import Feature, Page, lying_in
from .crs import Crs
from .parameters import Query

_TEXTS = ("reference", "category", "status", "unit", "district", "edition", "address", "url")
_INSTANTS = ("created_at", "updated_at")


class Reports:
    """``datetime`` asks for reports that were sent then."""

    id = REPORTS
    geometry = "Point"
    needs_token = True
    schema: dict[str, dict] = {
        **{name: {"type": "string"} for name in _TEXTS},
        **{name: {"type": "string", "format": "date-time"} for name in _INSTANTS},
        "expected_by": {"type": "string", "format": "date", "nullable": True},
        "is_hidden": {"type": "boolean"},
    }

    def __init__(self, person: User) -> None:
        self._visible = Report.objects.visible_to(person)

    @property
    def title(self) -> str:
        return _("Zgłoszenia")

    @property
    def description(self) -> str:
        return _("Zgłoszenia, które widzisz w panelu. „datetime” mówi, kiedy je wysłano.")

    def extent(self) -> dict:
        """That of the city: to look through all reports would take long and say the same."""
        return {
            "spatial": {"bbox": [list(settings.MAP_BOUNDS)]},
            "temporal": {"interval": [[None, None]]},
        }

    def page(self, query: Query) -> Page:
        """The first page also counts all that match."""
        rows = lying_in(query.areas, "location", self._visible)
        if query.since:
            rows = rows.filter(created_at__gte=query.since)
        if query.until:
            rows = rows.filter(created_at__lte=query.until)
        ahead = rows.filter(pk__gt=query.after).order_by("pk")[: query.limit + 1]
        found = list(_drawn(ahead, query.crs))
        last = found[query.limit - 1]["pk"] if len(found) > query.limit else None
        page = _page_of_panel()
        return Page(
            [_feature(row, page) for row in found[: query.limit]],
            None if query.after else rows.order_by().count(),
            {"after": str(last)} if last else None,
        )

    def find(self, key: str, crs: Crs) -> Feature | None:
        rows = _drawn(self._visible.filter(reference=key), crs)
        return next((_feature(row, _page_of_panel()) for row in rows), None)


def _drawn(rows: QuerySet, crs: Crs) -> Iterable[dict]:
    return rows.annotate(drawn=crs.geojson_of("location")).values(
        "pk",
        "drawn",
        "reference",
        "status",
        "address",
        "is_hidden",
        "created_at",
        "updated_at",
        "expected_by",
        category_code=F("category__code"),
        unit_code=F("unit__code"),
        district_code=F("district__code"),
        edition=F("district__edition__code"),
    )


def _page_of_panel() -> str:
    """What stands before a reference in the address of its page: to reverse it for each of many
    thousand rows takes seconds.
    """
    return absolute_url("panel:report", "-").removesuffix("-/")


def _feature(row: dict, page: str) -> Feature:
    properties = {
        "reference": row["reference"],
        "category": row["category_code"],
        "status": row["status"],
        "unit": row["unit_code"],
        "district": row["district_code"],
        "edition": row["edition"],
        "address": row["address"],
        "created_at": row["created_at"].isoformat(),
        "updated_at": row["updated_at"].isoformat(),
        "expected_by": row["expected_by"] and row["expected_by"].isoformat(),
        "is_hidden": row["is_hidden"],
        "url": f"{page}{row['reference']}/",
    }
    return Feature(row["reference"], json.dumps(properties, ensure_ascii=False), row["drawn"])
