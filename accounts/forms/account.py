"""Forms in which a resident decides about the account."""

from allauth.account.adapter import get_adapter
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Notices, User


class NoticesForm(forms.ModelForm):
    notices = forms.ChoiceField(
        label=_("Wiadomości o moich zgłoszeniach"), choices=Notices, widget=forms.RadioSelect
    )

    class Meta:
        model = User
        fields = ["notices"]


class ClosingForm(forms.Form):
    """Asks for the password again, and whether texts and photos of the reports may stay."""

    password = forms.CharField(
        label=_("Hasło"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Podaj hasło.")},
    )
    keep_texts = forms.BooleanField(required=False)

    def __init__(self, user: User, *args, **kwargs) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        # By allauth, because it counts wrong passwords.
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["password"]):
            raise forms.ValidationError(_("To nie jest hasło tego konta."))
        return self.cleaned_data["password"]
