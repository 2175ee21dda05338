"""The filters of a list as a form, and in words."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from districts.models import Borough
from reports.models import Status

from . import choices
from .reasons import Reason
from .rooms import Room
from .selection import Age, Deadline, Order, Scope, Selection, Whose

_Choices = list[tuple[str, Any]]


class FilterForm(forms.Form):
    """It only shows: ``read_selection`` reads the address."""

    status = forms.ChoiceField(label=gettext_lazy("Status"))
    termin = forms.ChoiceField(label=gettext_lazy("Termin"))
    wiek = forms.ChoiceField(label=gettext_lazy("Kiedy zgłoszono"))
    kto = forms.ChoiceField(label=gettext_lazy("Kto prowadzi"))
    grupa = forms.ChoiceField(label=gettext_lazy("Czego dotyczą"))
    kategoria = forms.ChoiceField(label=gettext_lazy("Kategoria"))
    dzielnica = forms.ChoiceField(label=gettext_lazy("Dzielnica"))
    osiedle = forms.ChoiceField(label=gettext_lazy("Osiedle"))
    jednostka = forms.ChoiceField(label=gettext_lazy("Jednostka"))
    powod = forms.ChoiceField(label=gettext_lazy("Dlaczego do decyzji"))
    kolejnosc = forms.ChoiceField(label=gettext_lazy("Kolejność"))

    def __init__(self, selection: Selection, room: Room) -> None:
        first = {
            name: next(iter(values), "") if isinstance(values, list) else values
            for name, values in selection.parameters().items()
        }
        super().__init__(initial=first, auto_id="filter-%s")
        self.selection = selection
        offered: dict[str, tuple[str, _Choices]] = {
            "status": (_("wszystkie"), [(one.value, one.label) for one in Status]),
            "termin": (_("dowolny"), list(Deadline.choices)),
            "wiek": (_("kiedykolwiek"), list(Age.choices)),
            "kto": (_("ktokolwiek"), list(Whose.choices)),
            "grupa": (_("wszystkie"), list(choices.groups().items())),
            "kategoria": (_("wszystkie"), _named(choices.categories())),
            "dzielnica": (_("cała Łódź"), list(Borough.choices)),
            "osiedle": (_("cała Łódź"), _named(choices.districts())),
            "jednostka": (_("wszystkie"), _named(choices.units())),
            "powod": (_("każdy powód"), list(Reason.choices)),
        }
        for name, (none, rows) in offered.items():
            self.fields[name].choices = [("", none), *rows]  # type: ignore[attr-defined]
        self.fields["kolejnosc"].choices = Order.choices  # type: ignore[attr-defined]
        if selection.scope == Scope.ALL:
            del self.fields["kolejnosc"]
        if selection.scope != Scope.DECISION:
            del self.fields["powod"]
        if room is Room.UNIT:
            del self.fields["jednostka"]

    @property
    def further(self) -> list[tuple[str, str]]:
        """What an address may name beside what the fields can hold."""
        chosen = self.selection.parameters()
        kept = [
            (name, value)
            for name, values in chosen.items()
            if isinstance(values, list)
            for value in values[1:]
        ]
        for name in ("zakres", "kolo"):
            if value := chosen[name]:
                kept.append((name, str(value)))
        return kept


@dataclass(frozen=True, slots=True)
class Chosen:
    """One filter in words, and the parameters of the address without it."""

    words: str
    query: str


def chosen_filters(selection: Selection) -> list[Chosen]:
    """What selects something out beside the scope, in the order of the form."""
    found: list[tuple[str, Selection]] = []
    if selection.words:
        found.append((f"„{selection.words}”", replace(selection, words="")))
    for status in Status:
        if status in selection.statuses:
            without = replace(selection, statuses=selection.statuses - {status})
            found.append((str(status.label), without))
    if selection.deadline:
        words = _("termin: %(when)s") % {"when": selection.deadline.label}
        found.append((words, replace(selection, deadline=None)))
    if selection.age:
        words = _("zgłoszone: %(when)s") % {"when": selection.age.label}
        found.append((words, replace(selection, age=None)))
    if selection.whose:
        found.append((str(selection.whose.label), replace(selection, whose=None)))
    for code in sorted(selection.groups):
        without = replace(selection, groups=selection.groups - {code})
        found.append((choices.groups()[code], without))
    for code in sorted(selection.categories):
        without = replace(selection, categories=selection.categories - {code})
        found.append((choices.categories()[code].name, without))
    if selection.borough:
        found.append((selection.borough, replace(selection, borough="")))
    if selection.district:
        words = _("osiedle %(district)s") % {
            "district": choices.districts()[selection.district].name
        }
        found.append((words, replace(selection, district="")))
    if selection.unit:
        found.append((choices.units()[selection.unit].name, replace(selection, unit="")))
    if selection.circle:
        words = _("do %(metres)s m od punktu") % {"metres": selection.circle.metres}
        found.append((words, replace(selection, circle=None)))
    if selection.reason:
        found.append((capfirst(str(selection.reason.label)), replace(selection, reason=None)))
    return [Chosen(words, without.as_query()) for words, without in found]


def _named(rows: dict[str, choices.Named]) -> _Choices:
    return [(code, row.name) for code, row in rows.items()]
