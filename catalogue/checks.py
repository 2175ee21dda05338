"""System check: the annex must have a catch-all row."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import Error as DatabaseError
from django.db import connections

from .models import RoutingRule

_CATCH_ALL = {
    "category": None,
    "scope": RoutingRule.Scope.CITY,
    "mode": RoutingRule.Mode.OPERATOR,
    "unit__is_operator": True,
}
_NO_CATCH_ALL = Error(
    "The annex has no catch-all row to the operator, so a report could belong to nobody.",
    hint="Add a row without category and place to fixtures/annex.yaml and run load_annex.",
    id="catalogue.E001",
)


@register(Tags.database)
def check_catch_all(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """``catalogue.E001`` if rules are loaded and none covers the reports that no other row covers.

    It finds nothing while the database cannot be reached, before the tables exist and before the
    first load.
    """
    if "default" not in (databases or []):
        return []
    try:
        if RoutingRule._meta.db_table not in connections["default"].introspection.table_names():
            return []
        if not RoutingRule.objects.exists():
            return []
        has_catch_all = RoutingRule.objects.filter(is_active=True, **_CATCH_ALL).exists()
    except DatabaseError:
        return []
    return [] if has_catch_all else [_NO_CATCH_ALL]
