"""Categories, and the annex as typed rows."""

from .category import Category, CategoryGroup, Kind
from .proposal import AnnexProposal
from .routing import RoutingRule

__all__ = ["AnnexProposal", "Category", "CategoryGroup", "Kind", "RoutingRule"]
