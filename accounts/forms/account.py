"""What an owner decides about the account."""

from allauth.account.adapter import get_adapter
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Notices, User


class NoticesForm(forms.ModelForm):
    notices = forms.ChoiceField(
        label=_("Listy o moich zgłoszeniach"), choices=Notices, widget=forms.RadioSelect
    )

    class Meta:
        model = User
        fields = ["notices"]


class ClosingForm(forms.Form):
    """The password once more, and what happens to the words and photos of the reports."""

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
        # By allauth, which counts the wrong ones.
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["password"]):
            raise forms.ValidationError(_("To nie jest hasło tego konta."))
        return self.cleaned_data["password"]
