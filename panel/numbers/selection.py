"""Which reports the numbers are of, as the address says it, and who may see the numbers of whom."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import PersonRequest, staff_required
from accounts.models import User
from catalogue.models import Category
from maps.selection import WrongSelection, one_value
from panel.queue.choices import Named, districts, groups
from reports.tallies.expecting import months_before
from reports.tallies.reading import Wanted
from units.models import Unit
from web.kept import Kept

from .measures import Measure

# As many months back can be chosen; so many are shown at first.
MOST_MONTHS, _AT_FIRST = 60, 12


def _load_categories() -> dict[str, Named]:
    rows = Category.objects.order_by("group__position", "name")
    found = rows.values_list("code", "name", "group__code", "pk")
    return {code: Named(name, group, (pk,)) for code, name, group, pk in found}


def _load_units() -> dict[str, Named]:
    rows = Unit.objects.order_by("short_name").values_list("code", "short_name", "pk")
    return {code: Named(name, "", (pk,)) for code, name, pk in rows}


# Also those to which nothing is sent any more.
categories, all_units = Kept(_load_categories), Kept(_load_units)


class WrongNumbers(WrongSelection):
    detail = gettext_lazy("Nie ma takich liczb. Wybierz filtry jeszcze raz.")


def numbers_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorate a view for operators and members of units."""

    @staff_required
    @wraps(view)
    def checked(request: PersonRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_operator and not request.user.memberships.exists():
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def units_of(user: User) -> dict[str, Named]:
    """The units whose reports ``user`` may see, as in ``ReportQuerySet.visible_to``."""
    if user.is_operator:
        return all_units()
    own = set(Unit.objects.of_member(user).values_list("code", flat=True))
    return {code: row for code, row in all_units().items() if code in own}


@dataclass(frozen=True, slots=True)
class Selection:
    """Reports sent from the month ``first`` to the month ``last`` (their first days), of the unit,
    group, category and district with these codes ("": of any); ``measure``: what the charts show.
    """

    first: date
    last: date
    unit: str = ""
    group: str = ""
    category: str = ""
    district: str = ""
    measure: Measure = Measure.RECEIVED

    @property
    def months(self) -> list[date]:
        """The oldest first."""
        known = reversed(offered_months())
        return [month for month in known if self.first <= month <= self.last]

    def wanted(self, units: dict[str, Named], *, is_limited: bool) -> Wanted:
        """``units``: whose numbers may be seen; ``is_limited``: these are not all."""
        chosen = {self.unit: units[self.unit]} if self.unit else units
        kinds = categories()
        if self.category:
            kinds = {self.category: kinds[self.category]}
        if self.group:
            kinds = {code: row for code, row in kinds.items() if row.of == self.group}
        return Wanted(
            self.months,
            _keys(chosen) if self.unit or is_limited else None,
            _keys(kinds) if self.category or self.group else None,
            list(districts()[self.district].keys) if self.district else None,
        )

    def as_query(self) -> str:
        """The parameters of an address that mean this selection."""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in self.parameters().items() if value})
        return query.urlencode()

    def parameters(self) -> dict[str, str]:
        return {
            "od": f"{self.first:%Y-%m}",
            "do": f"{self.last:%Y-%m}",
            "jednostka": self.unit,
            "grupa": self.group,
            "kategoria": self.category,
            "osiedle": self.district,
            "miara": self.measure.value,
        }

    @property
    def words(self) -> list[str]:
        """What is selected, for the head of the page on paper."""
        first, last = (date_format(month, "F Y").lower() for month in (self.first, self.last))
        found = [first if first == last else f"{first} – {last}"]
        if self.unit:
            found.append(all_units()[self.unit].name)
        if self.group:
            found.append(str(groups()[self.group]))
        if self.category:
            found.append(categories()[self.category].name)
        if self.district:
            name = districts()[self.district].name
            found.append(_("osiedle %(district)s") % {"district": name})
        return found


def first_selection() -> Selection:
    months = offered_months()
    return Selection(months[_AT_FIRST - 1], months[0])


def read_selection(query: QueryDict, units: dict[str, Named]) -> Selection:
    """What the parameters ``od``, ``do`` (``2026-09``), ``jednostka`` (one of ``units``),
    ``grupa``, ``kategoria``, ``osiedle`` and ``miara`` mean; what is absent or empty selects
    nothing out. Raises ``WrongNumbers`` with a sentence for each wrong parameter.
    """
    wrong: dict[str, list[str]] = {}
    months = {f"{month:%Y-%m}": month for month in offered_months()}
    unknown_month = _("Wybierz miesiąc z listy.")
    since = one_value(query, "od", months, unknown_month, wrong)
    until = one_value(query, "do", months, unknown_month, wrong)
    measure = one_value(query, "miara", Measure.values, _("Nie ma takiej liczby."), wrong)
    found = replace(
        first_selection(),
        unit=one_value(query, "jednostka", units, _("Nie ma takiej jednostki."), wrong),
        group=one_value(query, "grupa", groups(), _("Nie ma takiej grupy kategorii."), wrong),
        category=one_value(query, "kategoria", categories(), _("Nie ma takiej kategorii."), wrong),
        district=one_value(query, "osiedle", districts(), _("Nie ma takiego osiedla."), wrong),
        measure=Measure(measure) if measure else Measure.RECEIVED,
    )
    if since or until:
        last = months[until] if until else found.last
        found = replace(found, first=months[since] if since else min(found.first, last), last=last)
    if found.first > found.last:
        wrong["do"] = [_("Ten miesiąc jest przed początkiem okresu.")]
    if found.group and found.category and categories()[found.category].of != found.group:
        wrong["kategoria"] = [_("Tej kategorii nie ma w wybranej grupie.")]
    if wrong:
        raise WrongNumbers(fields=wrong)
    return found


def offered_months() -> list[date]:
    """The newest first, that of today."""
    return months_before(timezone.localdate(), range(MOST_MONTHS))


def _keys(rows: dict[str, Named]) -> list[int]:
    return [key for row in rows.values() for key in row.keys]
