"""Shapes of what GIS staff send about editions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.models import REPORTS, Layer


class EditionActForm(forms.Form):
    """Base of all; most acts need nothing but the press."""

    def __init__(self, *args, edition=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)


class DescriptionForm(EditionActForm):
    reason = forms.CharField(
        label=_("Co się zmienia i dlaczego"),
        help_text=_("Tak przeczytają to mieszkańcy na stronie wydania."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    resolution = forms.CharField(
        label=_("Numer uchwały Rady Miejskiej"), max_length=100, required=False
    )
    source = forms.CharField(label=_("Źródło danych"), max_length=300)
    source_date = forms.DateField(
        label=_("Stan danych na dzień"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    credit = forms.CharField(
        label=_("Podpis na mapach"),
        help_text=_("Na przykład: Granice osiedli: Urząd Miasta Łodzi"),
        max_length=200,
    )

    def __init__(self, *args, edition=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if edition is not None:
            self.initial = {name: getattr(edition, name) for name in self.fields}


class ActivationForm(EditionActForm):
    at = forms.DateTimeField(
        label=_("Od kiedy obowiązuje"),
        help_text=_("Puste pole oznacza: od razu. Czas w Łodzi."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class DraftForm(forms.Form):
    layer = forms.ModelChoiceField(
        label=_("Warstwa"), queryset=Layer.objects.all(), empty_label=None
    )
    code = forms.SlugField(
        label=_("Oznaczenie wydania"),
        help_text=_("Na przykład 2027-01: litery bez polskich znaków, cyfry i łączniki."),
        max_length=40,
    )
    source = forms.CharField(
        label=_("Źródło danych"),
        help_text=_("Skąd są granice: uchwała, system, opracowanie."),
        max_length=300,
    )
    credit = forms.CharField(
        label=_("Podpis na mapach"), max_length=200, initial=_("Granice: Urząd Miasta Łodzi")
    )
    is_empty = forms.BooleanField(
        label=_("Zacznij od pustej mapy (wgram plik)"),
        help_text=_("Bez tego szkic zaczyna się od granic, które teraz obowiązują."),
        required=False,
    )


class ExplanationForm(forms.Form):
    """A sentence about one warning; ``finding`` tells its fields from those of others."""

    explanation = forms.CharField(
        label=_("Dlaczego tak ma być"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    for_all = forms.BooleanField(
        label=_("To samo dla wszystkich takich ostrzeżeń bez wyjaśnienia"), required=False
    )

    def __init__(self, data=None, *, finding) -> None:
        initial = {"explanation": finding.explanation}
        super().__init__(data, auto_id=f"id_{finding.pk}_%s", initial=initial)


class SmallerCityForm(ExplanationForm):
    """Why ground at the edge of the city belongs to it no more."""

    def __init__(self, data=None, *, finding) -> None:
        super().__init__(data, finding=finding)
        self.fields["explanation"].label = _("Na jakiej podstawie miasto jest tu mniejsze")
        self.fields["for_all"].label = _("To samo dla wszystkich takich miejsc")


class MendForm(forms.Form):
    """``tolerance``: metres. ``revision``: that of the draft as it was shown."""

    tolerance = forms.TypedChoiceField(
        label=_("Łącz wierzchołki, które dzieli najwyżej"),
        choices=[
            ("0.1", _("10 cm")),
            ("0.5", _("50 cm")),
            ("1", _("1 m")),
            ("2", _("2 m")),
            ("5", _("5 m")),
        ],
        coerce=float,
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class LayerForm(forms.ModelForm):
    class Meta:
        model = Layer
        fields = ("name", "code", "unit", "covers_city")
        labels = {
            "name": _("Nazwa"),
            "code": _("Oznaczenie"),
            "unit": _("Jednostka, której to rejony"),
            "covers_city": _("Rejony muszą razem pokrywać całe miasto"),
        }

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if code.lower() == REPORTS:
            raise forms.ValidationError(
                _("Tak nazywają się zgłoszenia w usłudze dla programów. Wybierz inne oznaczenie.")
            )
        return code


class WhenForm(forms.Form):
    place = forms.CharField(
        label=_("Adres albo współrzędne"),
        help_text=_("Na przykład: Piotrkowska 104 albo 51.7652, 19.4571"),
        max_length=200,
    )
    day = forms.DateTimeField(
        label=_("Dzień i godzina"),
        help_text=_("Puste pole oznacza: teraz."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    layer = forms.ModelChoiceField(
        label=_("Warstwa"), queryset=Layer.objects.all(), empty_label=None, initial="osiedla"
    )
