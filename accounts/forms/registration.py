"""The form by which a resident registers."""

from allauth.account.forms import SignupForm
from allauth.account.internal import flows
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Registration
from accounts.passwords import requirements
from accounts.unconfirmed import is_taken, make_room
from regulations.models import Kind, Version


class UsernameTaken(Exception):
    """Somebody took the name between the check and the writing."""


class RegistrationForm(SignupForm):
    """User name, address, password, and three boxes that nobody ticks but the resident."""

    processing = forms.BooleanField(
        error_messages={"required": _("Bez tej zgody nie możemy prowadzić konta.")}
    )
    rules = forms.BooleanField(
        error_messages={"required": _("Żeby mieć konto, trzeba zaakceptować regulamin.")}
    )
    newsletter = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Nazwa użytkownika")
        self.fields["username"].help_text = _("Od 3 do 30 znaków. Nie musi zdradzać, kim jesteś.")
        self.fields["email"].label = _("Adres e-mail")
        self.fields["email"].help_text = _("Wyślemy na niego list, w którym potwierdzisz konto.")
        self.fields["password1"].help_text = ""
        for name in ("username", "email", "password1"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    @cached_property
    def clause_version(self) -> Version:
        return Version.objects.in_force(Kind.CLAUSE)

    @cached_property
    def rules_version(self) -> Version:
        return Version.objects.in_force(Kind.RULES)

    @property
    def requirements(self):
        return requirements()

    def validate_unique_email(self, value: str) -> str:
        """Never tells: an address that is taken gets a letter, the form the usual answer."""
        self.account_already_exists = is_taken(value)
        return value

    def try_save(self, request):
        """(user, None), or (None, answer) where the address has its account already. Raises
        ``UsernameTaken``.
        """
        if self.account_already_exists:
            # As long as writing an account would take.
            make_password(self.cleaned_data["password1"])
            return None, self.answer_as_usual(request)
        try:
            with transaction.atomic():
                make_room(self.cleaned_data["email"])
                return self.save(request), None
        except IntegrityError as refused:
            if "username" in str(refused):
                raise UsernameTaken from refused
            return None, self.answer_as_usual(request)

    def answer_as_usual(self, request):
        """Write to the owner of the address; the same page as for everybody."""
        return flows.signup.prevent_enumeration(request, email=self.cleaned_data["email"])

    def custom_signup(self, request, user) -> None:
        """In the transaction that makes the account."""
        user.language = get_language()
        user.save(update_fields=["language"])
        Registration.objects.create(
            user=user,
            clause=self.clause_version,
            rules=self.rules_version,
            newsletter=self.cleaned_data["newsletter"],
        )
