"""The filters of the numbers as a form."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.queue.choices import Named, districts, groups

from .measures import Measure
from .selection import Selection, categories, offered_months


class FilterForm(forms.Form):
    """It only shows: ``read_selection`` reads the address."""

    od = forms.ChoiceField(label=gettext_lazy("Od miesiąca"))
    do = forms.ChoiceField(label=gettext_lazy("Do miesiąca"))
    jednostka = forms.ChoiceField(label=gettext_lazy("Jednostka"))
    grupa = forms.ChoiceField(label=gettext_lazy("Czego dotyczą"))
    kategoria = forms.ChoiceField(label=gettext_lazy("Kategoria"))
    osiedle = forms.ChoiceField(label=gettext_lazy("Osiedle"))
    miara = forms.ChoiceField(label=gettext_lazy("Co pokazują wykresy"))

    def __init__(self, selection: Selection, units: dict[str, Named]) -> None:
        super().__init__(initial=selection.parameters(), auto_id="filter-%s")
        months = [
            (f"{month:%Y-%m}", date_format(month, "F Y").lower()) for month in offered_months()
        ]
        offered = {
            "od": months,
            "do": months,
            "jednostka": [("", _("wszystkie")), *_named(units)],
            "grupa": [("", _("wszystkie")), *groups().items()],
            "kategoria": [("", _("wszystkie")), *_named(categories())],
            "osiedle": [("", _("cała Łódź")), *_named(districts())],
            "miara": Measure.choices,
        }
        for name, rows in offered.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]
        if len(units) == 1:
            del self.fields["jednostka"]


def _named(rows: dict[str, Named]) -> list[tuple[str, str]]:
    return [(code, row.name) for code, row in rows.items()]
