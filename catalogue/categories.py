"""Categories as everybody meets them, by their codes."""

from web.kept import Kept

from .models import Category

# The category of what fits no other.
OTHER = "inna-sprawa"


def _load() -> dict[str, Category]:
    rows = Category.objects.filter(is_active=True).select_related("group")
    return {row.code: row for row in rows}


active_categories = Kept(_load)
