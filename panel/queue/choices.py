"""What the filters of a list offer, kept until it changes."""

from dataclasses import dataclass

from catalogue.models import Category
from districts.models import OSIEDLA, District
from units.models import Unit
from web.kept import Kept


@dataclass(frozen=True, slots=True)
class Named:
    """A row that a filter offers: its name, the code of what it belongs to ("": of nothing), and
    its keys: one, of a district those in all editions that were ever to be in force.
    """

    name: str
    of: str
    keys: tuple[int, ...]


def _load_categories() -> dict[str, Named]:
    rows = Category.objects.reportable().order_by("group__position", "name")
    found = rows.values_list("code", "name", "group__code", "pk")
    return {code: Named(name, group, (pk,)) for code, name, group, pk in found}


def _load_groups() -> dict[str, str]:
    rows = Category.objects.order_by("group__position").values_list("group__code", "group__name")
    return dict(rows)


def _load_districts() -> dict[str, Named]:
    rows = District.objects.filter(
        edition__layer=OSIEDLA, edition__activations__isnull=False
    ).order_by("name", "edition")
    found: dict[str, Named] = {}
    for code, name, borough, pk in rows.values_list("code", "name", "borough", "pk").distinct():
        keys = found[code].keys if code in found else ()
        found[code] = Named(name, borough, (*keys, pk))
    return found


def _load_units() -> dict[str, Named]:
    rows = Unit.objects.filter(takes_reports=True).values_list("code", "short_name", "pk")
    return {code: Named(name, "", (pk,)) for code, name, pk in rows}


categories = Kept(_load_categories)
groups = Kept(_load_groups)
districts = Kept(_load_districts)
units = Kept(_load_units)
