"""The reports that a member of staff may see, as a collection; without what people wrote."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import DateTimeField, Func, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, JSONObject
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
        return _("Zgłoszenia, które widzisz w panelu. „datetime” to chwila wysłania.")

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
        return Page(
            [_feature(row) for row in found[: query.limit]],
            None if query.after else rows.order_by().count(),
            {"after": str(last)} if last else None,
        )

    def find(self, key: str, crs: Crs) -> Feature | None:
        rows = _drawn(self._visible.filter(reference=key), crs)
        return next((_feature(row) for row in rows), None)


class _Milliseconds(Func):
    """GDAL keeps seconds as numbers so coarse that 59.9999996 becomes 60."""

    template = "date_trunc('milliseconds', %(expressions)s)"
    output_field = DateTimeField()


def _drawn(rows: QuerySet, crs: Crs) -> Iterable[dict]:
    """The database writes the JSON: to read the rows here, and write them again, took as long as
    all the rest.
    """
    # To reverse the address for each row takes seconds.
    page = absolute_url("panel:report", "-").removesuffix("-/")
    properties = JSONObject(
        reference="reference",
        category="category__code",
        status="status",
        unit="unit__code",
        district="district__code",
        edition="district__edition__code",
        address="address",
        created_at=_Milliseconds("created_at"),
        updated_at=_Milliseconds("updated_at"),
        expected_by="expected_by",
        is_hidden="is_hidden",
        url=Concat(Value(page), "reference", Value("/")),
    )
    written = rows.annotate(
        properties=Cast(properties, TextField()), drawn=crs.geojson_of("location")
    )
    return written.values("pk", "reference", "properties", "drawn")


def _feature(row: dict) -> Feature:
    return Feature(row["reference"], row["properties"], row["drawn"])
