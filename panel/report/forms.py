"""Shapes of what staff send; each carries the version of the report that the person saw."""

from typing import cast

from django import forms
from django.contrib.gis.geos import Point
from django.utils.translation import gettext_lazy as _

from catalogue.models import Category
from districts.gazetteer import parse_coordinates
from reports.handling.workflow import BY_HAND, choices_from
from reports.models import Report
from units.models import Unit


class VersionedForm(forms.Form):
    """Base of all: ``version`` is what the page showed."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args, report: Report, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = report.version


class StatusForm(VersionedForm):
    status = forms.ChoiceField(label=_("Nowy status"))
    note = forms.CharField(
        label=_("Odpowiedź dla zgłaszającego"),
        help_text=_("Będzie widoczna publicznie i w liście. Nie wpisuj danych osobowych."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photo = forms.FileField(label=_("Zdjęcie po wykonaniu"), required=False)

    def __init__(self, *args, report: Report, **kwargs) -> None:
        super().__init__(*args, report=report, **kwargs)
        # Offered is what is allowed now; what was allowed when the page was read is no wrong shape.
        field = cast("forms.ChoiceField", self.fields["status"])
        field.choices = _named(BY_HAND)
        field.widget.choices = _named(choices_from(report.status))


def _named(statuses) -> list[tuple[str, str]]:
    return [(status.value, status.label) for status in statuses]


class ReasonForm(VersionedForm):
    reason = forms.CharField(label=_("Powód (dla pracowników)"), max_length=300, required=False)


class CategoryForm(ReasonForm):
    category = forms.ModelChoiceField(
        label=_("Kategoria"),
        queryset=Category.objects.reportable().select_related("group"),
    )
    field_order = ["category", "reason", "version"]


class PlaceForm(ReasonForm):
    place = forms.CharField(
        label=_("Współrzędne"), help_text=_("Na przykład 51.7687, 19.4569"), max_length=80
    )
    field_order = ["place", "reason", "version"]

    def clean_place(self) -> Point:
        point = parse_coordinates(self.cleaned_data["place"])
        if point is None:
            raise forms.ValidationError(_("Podaj współrzędne, na przykład 51.7687, 19.4569."))
        return point


class ForwardForm(ReasonForm):
    unit = forms.ModelChoiceField(
        label=_("Jednostka"), queryset=Unit.objects.filter(is_active=True)
    )
    field_order = ["unit", "reason", "version"]


class VisibilityForm(VersionedForm):
    hidden = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Powód"), max_length=300)

    def __init__(self, *args, hide: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["hidden"] = hide


class ClearForm(VersionedForm):
    public = forms.BooleanField(required=False, widget=forms.HiddenInput)


class PhotoForm(ClearForm):
    """``look``: of the picture that the page showed."""

    look = forms.CharField(max_length=16)


class BlurForm(VersionedForm):
    """``areas``: places in the list that the page showed; ``look``: of its picture."""

    look = forms.CharField(max_length=16)
    areas = forms.TypedMultipleChoiceField(
        choices=[(number, number) for number in range(100)], coerce=int, required=False
    )


def report_forms(report: Report, user) -> dict[str, forms.Form]:
    """The unbound forms that ``user`` may send about ``report``, by the name of their act."""
    everybodys: dict[str, forms.Form] = {
        "status": StatusForm(report=report, prefix="status"),
        "give_back": ReasonForm(report=report, prefix="give_back"),
    }
    if not user.is_operator:
        return everybodys
    return everybodys | {
        "category": CategoryForm(report=report, prefix="category"),
        "place": PlaceForm(report=report, prefix="place"),
        "forward": ForwardForm(report=report, prefix="forward"),
        "visibility": VisibilityForm(report=report, prefix="visibility", hide=not report.is_hidden),
    }
