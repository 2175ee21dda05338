"""The form by which a resident registers."""

from typing import cast

from allauth.account.forms import SignupForm
from allauth.account.internal import flows
from django import forms
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.confirming import is_taken, make_room
from accounts.models import Registration, User
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
    # Which versions the page showed.
    texts = forms.CharField(max_length=40, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Nazwa użytkownika")
        self.fields["username"].help_text = _("Od 3 do 30 znaków. Nie musi zdradzać, kim jesteś.")
        self.fields["email"].label = _("Adres e-mail")
        self.fields["email"].help_text = _("Wyślemy na niego list, w którym potwierdzisz konto.")
        for name in ("username", "email", "password1"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    @cached_property
    def clause_version(self) -> Version:
        return Version.objects.in_force(Kind.CLAUSE)

    @cached_property
    def rules_version(self) -> Version:
        return Version.objects.in_force(Kind.RULES)

    @property
    def shown_texts(self) -> str:
        return f"{self.clause_version.pk} {self.rules_version.pk}"

    def clean(self) -> dict:
        values = super().clean()
        if self.cleaned_data.get("texts") != self.shown_texts:
            self.ask_again()
        return values

    def ask_again(self) -> None:
        """Nobody agrees to a version that came into force while they were typing."""
        typed = cast("QueryDict", self.data).copy()  # type: ignore[has-type]
        for name in ("processing", "rules", "newsletter"):
            typed.pop(name, None)
        self.data = typed
        self.add_error(
            None, _("Regulamin albo klauzula właśnie się zmieniły. Przeczytaj je i zaznacz zgody.")
        )

    def validate_unique_email(self, value: str) -> str:
        """Never tells: an address that is taken gets a letter, the form the usual answer."""
        self.account_already_exists = is_taken(value)
        return value

    def try_save(self, request):
        """(user, None), or (None, answer) where the address has its account already. Raises
        ``UsernameTaken``.
        """
        if self.account_already_exists:
            return None, self.refuse_quietly(request)
        try:
            with transaction.atomic():
                make_room(self.cleaned_data["email"])
                return self.save(request), None
        except IntegrityError as refused:
            if "username" in str(refused):
                raise UsernameTaken from refused
            return None, self.refuse_quietly(request)

    def refuse_quietly(self, request):
        """Write to the owner of the address; the same page as for everybody.

        The name is taken for three days as well: a second try, or a log-in, would tell otherwise
        that no account was made.
        """
        try:
            with transaction.atomic():
                self.remember(self.nobody())
        except IntegrityError as taken:
            raise UsernameTaken from taken
        return flows.signup.prevent_enumeration(request, email=self.cleaned_data["email"])

    def nobody(self) -> User:
        """An account without an address, which can never be confirmed."""
        user = User(username=self.cleaned_data["username"])
        user.set_password(self.cleaned_data["password1"])
        user.save()
        return user

    def custom_signup(self, request, user) -> None:
        """In the transaction that makes the account."""
        user.language = get_language()
        user.save(update_fields=["language"])
        self.remember(user)

    def remember(self, user: User) -> None:
        Registration.objects.create(
            user=user,
            clause=self.clause_version,
            rules=self.rules_version,
            newsletter=self.cleaned_data["newsletter"],
        )
