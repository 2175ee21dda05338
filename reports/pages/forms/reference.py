"""The field into which people type a report's number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import Report
from reports.references import UnknownReport
from web.errors import PortalError


class ReferenceForm(forms.Form):
    """The errors distinguish a malformed, a mistyped and an unknown number."""

    reference = forms.CharField(
        label=_("Numer zgłoszenia"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_reference(self) -> str:
        try:
            return Report.objects.only("reference").find(self.cleaned_data["reference"]).reference
        except UnknownReport as unknown:
            raise forms.ValidationError(
                _("Numer jest zapisany poprawnie, ale nie mamy takiego zgłoszenia."),
                code="unknown_reference",
            ) from unknown
        except PortalError as refusal:
            raise forms.ValidationError(str(refusal.detail), code=refusal.code) from refusal
