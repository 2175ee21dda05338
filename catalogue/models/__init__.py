"""Categories, and the annex as typed rows."""

from .category import Category, CategoryGroup, Kind
from .routing import RoutingRule

__all__ = ["Category", "CategoryGroup", "Kind", "RoutingRule"]
