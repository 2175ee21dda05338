"""Shapes of what the administrator sends about switches and breaks. Times are those in Łódź."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from web.models import LONGEST_SENTENCE


def _moment(**field: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(widget=widget, **field)


def _sentence(**field: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(max_length=LONGEST_SENTENCE, widget=widget, **field)


class _SentenceForm(forms.Form):
    sentence_en = _sentence(label=_("To samo po angielsku (nieobowiązkowo)"), required=False)
    sentence_uk = _sentence(label=_("To samo po ukraińsku (nieobowiązkowo)"), required=False)

    def sentences(self) -> dict[str, str]:
        names = ("sentence", "sentence_en", "sentence_uk")
        return {name: self.cleaned_data[name] for name in names}


class SwitchOffForm(_SentenceForm):
    field_order = ["sentence"]
    sentence = _sentence(
        label=_("Zdanie dla mieszkańców"),
        help_text=_("Napisz, dlaczego to nie działa i co zrobić zamiast tego. Zobaczy je każdy."),
    )
    expected_at = _moment(
        label=_("Kiedy wróci"),
        help_text=_("Jeśli wiadomo. Funkcja nie włączy się o tej porze sama: włączasz ją Ty."),
        required=False,
    )


class BreakForm(_SentenceForm):
    field_order = ["starts_at", "ends_at", "sentence"]
    starts_at = _moment(
        label=_("Początek"),
        help_text=_("Puste pole oznacza: od razu. Czas w Łodzi."),
        required=False,
    )
    ends_at = _moment(label=_("Koniec"))
    sentence = _sentence(
        label=_("Zdanie dla mieszkańców (nieobowiązkowo)"),
        help_text=_("Na przykład: Przenosimy portal na nowy serwer."),
        required=False,
    )


class BreakEndForm(forms.Form):
    ends_at = _moment(label=_("Nowy koniec"), help_text=_("Czas w Łodzi."))
