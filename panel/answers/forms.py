"""The shape of a template of answers."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import Category, CategoryGroup
from reports.handling.answer_templates import PLACEHOLDERS, unknown_placeholders
from reports.handling.workflow import BY_HAND
from reports.models import AnswerTemplate
from units.models import Unit


class AnswerTemplateForm(forms.ModelForm):
    """``by``: operators choose any unit or none, leaders one that they lead."""

    category = forms.ModelChoiceField(
        label=_("Kategoria"),
        queryset=Category.objects.reportable(),
        required=False,
        empty_label=_("każda"),
    )
    group: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Grupa kategorii"),
        queryset=CategoryGroup.objects.all(),
        required=False,
        empty_label=_("każda"),
    )
    status = forms.ChoiceField(label=_("Nowy status"), required=False)
    field_order = ["name", "unit", "category", "group", "status", "text"]

    class Meta:
        model = AnswerTemplate
        fields = ["name", "unit", "category", "group", "status", "text"]
        labels = {"name": _("Nazwa"), "unit": _("Jednostka"), "text": _("Treść odpowiedzi")}
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        statuses = [(status.value, status.label) for status in BY_HAND]
        cast("forms.ChoiceField", self.fields["status"]).choices = [("", _("dowolny")), *statuses]
        words = ", ".join("{" + name + "}" for name in PLACEHOLDERS)
        self.fields["text"].help_text = _("Te słowa portal zastąpi: %(words)s") % {"words": words}
        unit = cast("forms.ModelChoiceField", self.fields["unit"])
        unit.empty_label = _("wszystkie jednostki") if by.is_operator else None
        unit.required = not by.is_operator
        unit.queryset = Unit.objects.filter(is_active=True, takes_reports=True)
        if not by.is_operator:
            unit.queryset = Unit.objects.led_by(by)

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if unknown := unknown_placeholders(text):
            words = _("Nie znamy słowa %(word)s. Sprawdź pisownię.")
            raise forms.ValidationError(words % {"word": "{" + unknown[0] + "}"})
        return text

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("category") and self.cleaned_data.get("group"):
            self.add_error("group", _("Wybierz kategorię albo grupę, nie obie."))
