"""Shapes of what editors send about a card."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from catalogue.models import Category
from districts.models import Layer
from procedures.contents import PLAIN_FIELDS
from procedures.models import (
    Department,
    Document,
    Fee,
    Illustration,
    LegalBasis,
    LifeSituation,
    Picture,
    Procedure,
    ProcedureVersion,
    Step,
    Topic,
)
from units.models import Unit

_MARKDOWN = {"rows": 5, "data-markdown": True}
_LONGEST = 20_000


class ContentsForm(forms.ModelForm):
    """The fields of a version; its parts are rows of their own (``parts.py``)."""

    online_url = forms.URLField(
        label=_("Adres usługi w internecie"), max_length=200, required=False, assume_scheme="https"
    )

    class Meta:
        model = ProcedureVersion
        fields = PLAIN_FIELDS
        labels = {
            "title": _("Tytuł"),
            "summary": _("Krótki opis"),
            "unit": _("Jednostka"),
            "department": _("Komórka"),
            "is_online": _("Przez internet"),
            "is_by_post": _("Pocztą"),
            "is_by_phone": _("Przez telefon"),
            "needs_appointment": _("Trzeba się umówić"),
            "has_fee": _("Opłata"),
            "allows_proxy": _("Przez pełnomocnika"),
            "handling": _("Sposób załatwienia"),
            "time_limit": _("Ile to trwa"),
            "place": _("Gdzie"),
            "exemptions": _("Zwolnienia z opłat"),
            "appeal": _("Odwołanie"),
            "change_note": _("Co się zmieniło w tej wersji"),
        }
        help_texts = {
            "title": _("Tak, jak powie o tym mieszkaniec: „Zgubiłem dowód”, „Ślub w urzędzie”."),
            "summary": _("Dwa, trzy zdania. Czytelnik ma wiedzieć, czy to jego sprawa."),
            "change_note": _("Jedno zdanie do rejestru zmian karty."),
        }
        widgets = {
            "summary": forms.Textarea(attrs=_MARKDOWN | {"rows": 3}),
            **{
                name: forms.Textarea(attrs=_MARKDOWN)
                for name in ("handling", "place", "exemptions", "appeal")
            },
            "time_limit": forms.Textarea(attrs={"rows": 2}),
            "change_note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(is_active=True).order_by("name")  # type: ignore[attr-defined]
        departments = Department.objects.filter(is_active=True).select_related("unit")
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]
        self.fields["department"].label_from_instance = _department_with_unit  # type: ignore[attr-defined]
        for name in ("summary", "handling", "place", "exemptions", "appeal"):
            self.fields[name].validators.append(MaxLengthValidator(_LONGEST))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        department, unit = cleaned.get("department"), cleaned.get("unit")
        if department and unit and department.unit_id != unit.pk:
            self.add_error("department", _("Ta komórka należy do innej jednostki."))
        return cleaned


def _department_with_unit(department: Department) -> str:
    return f"{department.unit.short_name}: {department.name}"


class StepForm(forms.ModelForm):
    text = forms.CharField(
        label=_("Krok"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs=_MARKDOWN | {"rows": 3}),
    )

    class Meta:
        model = Step
        fields = ("text",)


class FeeForm(forms.ModelForm):
    amount = forms.DecimalField(
        label=_("Kwota (zł)"),
        help_text=_("Puste, jeśli zależy od sprawy."),
        max_digits=9,
        decimal_places=2,
        min_value=0,
        required=False,
        localize=True,
    )

    class Meta:
        model = Fee
        fields = ("name", "amount", "account")
        labels = {"name": _("Za co"), "account": _("Numer konta")}


class DocumentForm(forms.ModelForm):
    """``templates``: the files that may be chosen, names by key."""

    template = forms.TypedChoiceField(
        label=_("Wzór do pobrania"), required=False, coerce=int, empty_value=None
    )
    file = forms.FileField(
        label=_("Wgraj nowy wzór"),
        help_text=_("PDF, ODT, DOCX, ODS, XLSX, TXT albo CSV, do 10 MB, bez makr i skryptów."),
        required=False,
    )

    class Meta:
        model = Document
        fields = ("kind", "name", "note")
        labels = {"kind": _("Rodzaj"), "name": _("Nazwa"), "note": _("Wyjaśnienie")}

    def __init__(self, *args: Any, templates: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("bez wzoru")), *templates.items()]
        self.fields["template"].choices = choices  # type: ignore[attr-defined]


class BasisForm(forms.ModelForm):
    url = forms.URLField(
        label=_("Adres, pod którym go można przeczytać"),
        max_length=400,
        required=False,
        assume_scheme="https",
    )

    class Meta:
        model = LegalBasis
        fields = ("title", "url")
        labels = {"title": _("Akt prawny")}


class IllustrationForm(forms.ModelForm):
    """``pictures``: those that may be meant, by key. What was uploaded before is a hidden field."""

    picture = forms.IntegerField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Plik z ilustracją"),
        help_text=_("JPEG, PNG, WebP, HEIC albo AVIF, do 15 MB. Nowy plik zastąpi poprzedni."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,.heic,.avif"}),
    )

    field_order = ("file", "description", "name")

    class Meta:
        model = Illustration
        fields = ("description", "name")
        labels = {"description": _("Co widać na ilustracji"), "name": _("Nazwa w tekście")}
        help_texts = {
            "description": _(
                "Jedno zdanie dla kogoś, kto jej nie zobaczy. Jeśli są na niej słowa, przepisz je."
            ),
            "name": _("Małe litery, cyfry i myślniki. Pusta powstanie z nazwy pliku."),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}
        error_messages = {
            "description": {"required": _("Opisz jednym zdaniem, co widać na ilustracji.")},
            "name": {"invalid": _("Użyj małych liter bez ogonków, cyfr i myślników.")},
        }

    def __init__(self, *args: Any, pictures: Mapping[int, Picture], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pictures = pictures

    def clean_name(self) -> str:
        return self.cleaned_data["name"].lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        picture = self._pictures.get(cleaned.get("picture") or 0)
        if picture is None:
            self.add_error("file", _("Wybierz plik z ilustracją."))
        elif picture.state == Picture.State.REFUSED:
            self.add_error("file", picture.refusal)
        return cleaned | {"picture": picture}


class ArrangementForm(forms.Form):
    topics: Any = forms.ModelMultipleChoiceField(
        label=_("Tematy"), queryset=Topic.objects.none(), required=False
    )
    situations: Any = forms.ModelMultipleChoiceField(
        label=_("Sytuacje życiowe"), queryset=LifeSituation.objects.none(), required=False
    )
    categories: Any = forms.ModelMultipleChoiceField(
        label=_("Kategorie zgłoszeń"), queryset=Category.objects.none(), required=False
    )
    related = forms.CharField(
        label=_("Powiązane karty"),
        help_text=_(
            "Numery, oddzielone przecinkami: KA-00001, KA-00002. Powiązanie jest wzajemne."
        ),
        max_length=1000,
        required=False,
    )
    synonyms = forms.CharField(
        label=_("Inne słowa, po których ludzie szukają"),
        help_text=_("Jedno słowo albo wyrażenie w wierszu, do 60 znaków."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        required=False,
    )
    desk_layer: Any = forms.ModelChoiceField(
        label=_("Punkt obsługi wybieraj według"),
        queryset=Layer.objects.none(),
        required=False,
        empty_label=_("bez podziału: każdy punkt jednostki"),
    )
    review_by = forms.DateField(
        label=_("Przejrzeć najpóźniej"),
        help_text=_("Dwa tygodnie wcześniej przypomnimy o tym listem."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    keeper: Any = forms.ModelChoiceField(
        label=_("Opiekun karty"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("wszyscy redaktorzy"),
    )

    def __init__(self, *args: Any, procedure: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._procedure = procedure
        for name, rows in {
            "topics": Topic.objects.filter(is_active=True),
            "situations": LifeSituation.objects.filter(is_active=True),
            "categories": Category.objects.filter(is_active=True),
            "desk_layer": Layer.objects.all(),
            "keeper": editors(),
        }.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        for name in ("topics", "situations", "categories"):
            self.fields[name].widget = forms.CheckboxSelectMultiple()
            self.fields[name].widget.choices = self.fields[name].choices  # type: ignore[attr-defined]

    def clean_related(self) -> frozenset[str]:
        given = self.cleaned_data["related"].replace(",", " ").upper().split()
        known = Procedure.objects.filter(number__in=given).exclude(pk=self._procedure.pk)
        found = frozenset(known.values_list("number", flat=True))
        if unknown := [number for number in given if number not in found]:
            words = _("Nie ma takiej innej karty: %(numbers)s.") % {"numbers": ", ".join(unknown)}
            raise forms.ValidationError(words)
        return found

    def clean_synonyms(self) -> tuple[str, ...]:
        lines = self.cleaned_data["synonyms"].splitlines()
        words = tuple(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))
        if any(len(word) > 60 for word in words):
            raise forms.ValidationError(_("Jedno z wyrażeń ma więcej niż 60 znaków."))
        return words


def editors() -> QuerySet[User]:
    return User.objects.filter(is_active=True, groups__name=Role.EDITOR).order_by("username")


class ActForm(forms.Form):
    """Base of all; ``edits`` is the count of the version that the page showed."""

    edits = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SendBackForm(ActForm):
    note = forms.CharField(
        label=_("Co poprawić"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


_AT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class PublicationForm(ActForm):
    at = forms.DateTimeField(
        label=_("Od kiedy"),
        help_text=_("Puste pole oznacza: od razu. Czas w Łodzi."),
        required=False,
        widget=_AT,
    )


class WithdrawalForm(ActForm):
    note = forms.CharField(
        label=_("Dlaczego karta jest wycofana"),
        help_text=_("To zdanie przeczyta każdy, kto otworzy adres karty."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    replaced_by = forms.CharField(
        label=_("Numer karty, która wchodzi w jej miejsce"), max_length=8, required=False
    )
    at = PublicationForm.base_fields["at"]

    def clean_replaced_by(self) -> Procedure | None:
        number = self.cleaned_data["replaced_by"].strip().upper()
        if not number:
            return None
        if (found := Procedure.objects.filter(number=number).first()) is None:
            raise forms.ValidationError(_("Nie ma karty o tym numerze."))
        return found


class PauseForm(ActForm):
    until = forms.DateField(
        label=_("Do kiedy nie pisać o odnośnikach tej karty"),
        help_text=_("Puste pole oznacza: pisać."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ReviewLinkForm(ActForm):
    name = forms.CharField(
        label=_("Kto wyda opinię"),
        help_text=_("Imię i nazwisko z tytułem, na przykład: mec. Anna Kowalska."),
        max_length=200,
    )
    email = forms.EmailField(
        label=_("Adres e-mail"),
        help_text=_("Wyślemy link. Bez adresu pokażemy go tylko Tobie, raz."),
        required=False,
    )
    days = forms.TypedChoiceField(
        label=_("Ile dni działa link"),
        choices=[(3, "3"), (7, "7"), (14, "14"), (30, "30")],
        coerce=int,
        initial=7,
    )
