"""The filters of the public map as a form, and in words."""

from dataclasses import dataclass, replace
from datetime import date

from django import forms
from django.db.models import Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import Category, CategoryGroup
from districts.models import OSIEDLA, District, Edition
from maps.selection import Period, Selection, StatusClass
from reports.models import Report

from .view import Drawn, View

# Nobody slides through more months than these.
_MOST_MONTHS = 120
_Choices = list[tuple[str, str]]


class FilterForm(forms.Form):
    """It only shows: ``maps.selection`` reads the address."""

    miejsce = forms.CharField(
        label=gettext_lazy("Adres albo miejsce"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    grupa = forms.ChoiceField(label=gettext_lazy("Czego dotyczą"), required=False)
    kategoria = forms.ChoiceField(label=gettext_lazy("Kategoria"), required=False)
    osiedle = forms.ChoiceField(label=gettext_lazy("Osiedle"), required=False)
    okres = forms.ChoiceField(label=gettext_lazy("Kiedy wysłane"), required=False)
    miesiac = forms.ChoiceField(label=gettext_lazy("Miesiąc"), required=False)

    def __init__(self, view: View, **values: str) -> None:
        selection = view.selection
        super().__init__(
            initial={
                "grupa": min(selection.groups, default=""),
                "kategoria": min(selection.categories, default=""),
                "osiedle": selection.district,
                "okres": selection.period.value,
                "miesiac": f"{selection.month:%Y-%m}" if selection.month else "",
                **values,
            }
        )
        self.view, self.selection = view, selection
        groups = CategoryGroup.objects.values_list("code", "name")
        self._choose("grupa", _("Wszystkie sprawy"), list(groups))
        self._choose("kategoria", _("Wszystkie kategorie"), _categories(selection))
        districts = _districts(selection)
        self._choose("osiedle", _("Cała Łódź"), [(code, name) for code, name, _number in districts])
        # Numbers for so many residents are there only where somebody knows the residents.
        is_known = any(residents for _code, _name, residents in districts)
        self._offered = [one for one in Drawn if one != Drawn.RATES or is_known]
        self._choose("miesiac", _("Wszystkie miesiące"), _months(selection))
        self.fields["okres"].choices = [(one.value, capfirst(one.label)) for one in Period]  # type: ignore[attr-defined]

    def _choose(self, name: str, none: str, choices: list) -> None:
        self.fields[name].choices = [("", none), *choices]  # type: ignore[attr-defined]

    @property
    def further(self) -> list[tuple[str, str]]:
        """What an address may name beside what the fields can hold."""
        groups, categories = sorted(self.selection.groups), sorted(self.selection.categories)
        return [("grupa", one) for one in groups[1:]] + [
            ("kategoria", one) for one in categories[1:]
        ]

    @property
    def drawn(self) -> list[tuple[Drawn, bool]]:
        return [(one, one == self.view.drawn) for one in self._offered]

    @property
    def statuses(self) -> list[tuple[StatusClass, bool]]:
        return [(one, one in self.selection.statuses) for one in StatusClass]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One filter in words, and the selection without it."""

    words: str
    without: Selection


def chosen_filters(selection: Selection) -> list[Chosen]:
    """What selects something out, in the order of the form."""
    groups = CategoryGroup.objects.filter(code__in=selection.groups)
    categories = Category.objects.filter(code__in=selection.categories)
    found = [
        Chosen(one.name, replace(selection, groups=selection.groups - {one.code}))
        for one in (groups if selection.groups else [])
    ]
    found += [
        Chosen(one.name, replace(selection, categories=selection.categories - {one.code}))
        for one in (categories if selection.categories else [])
    ]
    found += [
        Chosen(str(one.label), replace(selection, statuses=selection.statuses - {one}))
        for one in StatusClass
        if one in selection.statuses
    ]
    if selection.period != Period.ALL:
        found.append(Chosen(str(selection.period.label), replace(selection, period=Period.ALL)))
    if selection.month:
        found.append(Chosen(_month_words(selection.month), replace(selection, month=None)))
    if selection.district:
        found.append(Chosen(district_words(selection.district), replace(selection, district="")))
    return found


def district_words(code: str) -> str:
    named = District.objects.filter(edition__layer=OSIEDLA, code=code).order_by("-edition")
    name = named.values_list("name", flat=True).first() or code
    return _("osiedle %(district)s") % {"district": name}


def _categories(selection: Selection) -> list[tuple[str, _Choices]]:
    """By group. Of those that are not offered any more only the chosen."""
    found: dict[str, _Choices] = {}
    rows = Category.objects.reportable() | Category.objects.filter(code__in=selection.categories)
    for row in rows.select_related("group"):
        found.setdefault(row.group.name, []).append((row.code, row.name))
    return list(found.items())


def _districts(selection: Selection) -> list[tuple[str, str, int | None]]:
    """Code, name and residents of those in force; of others only the chosen."""
    edition = Edition.objects.in_force_or_none()
    shown = District.objects.filter(edition=edition).order_by("name")
    rows = list(shown.values_list("code", "name", "population"))
    code = selection.district
    if code and code not in {row[0] for row in rows}:
        rows.append((code, district_words(code), None))
    return rows


def _months(selection: Selection) -> _Choices:
    """From this one back to that of the first report."""
    today = timezone.localdate().replace(day=1)
    first = Report.objects.public().aggregate(first=Min("created_at"))["first"]
    begin = timezone.localdate(first).replace(day=1) if first else today
    months: list[date] = []
    month = today
    while month >= begin and len(months) < _MOST_MONTHS:
        months.append(month)
        month = _month_before(month)
    if selection.month and selection.month not in months:
        months.append(selection.month)
    return [(f"{one:%Y-%m}", _month_words(one)) for one in months]


def _month_before(month: date) -> date:
    if month.month == 1:
        return date(month.year - 1, 12, 1)
    return month.replace(month=month.month - 1)


def _month_words(month: date) -> str:
    return date_format(month, "F Y").lower()
