"""The shape of a new personal token."""

from django import forms
from django.utils.translation import gettext_lazy as _

_DAYS = [(30, _("30 dni")), (90, _("90 dni")), (365, _("rok"))]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Gdzie go użyjesz"),
        help_text=_("Na przykład: QGIS na komputerze w biurze"),
        max_length=60,
    )
    days = forms.TypedChoiceField(
        label=_("Jak długo ma działać"), choices=_DAYS, coerce=int, initial=90
    )
