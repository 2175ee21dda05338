"""The form of "me too": letters are optional."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FollowForm(forms.Form):
    """``is_known``: the device counts already, so that a press without an address says nothing."""

    is_known = False

    email = forms.EmailField(
        label=_("Adres e-mail (nieobowiązkowo)"),
        help_text=_(
            "Wyślemy jedną wiadomość z prośbą o potwierdzenie. Bez niego nie napiszemy więcej."
        ),
        max_length=254,
        required=False,
        error_messages={"invalid": _("To nie wygląda na adres e-mail.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(required=False)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if self.is_known and not email:
            raise forms.ValidationError(_("Wpisz adres e-mail."))
        return email
