"""The form in which a resident registers."""

from typing import cast

from allauth.account.forms import SignupForm
from allauth.account.internal import flows
from django import forms
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.confirming import delete_unconfirmed_holder, is_email_taken
from accounts.models import Registration, User
from regulations.models import Kind, Version


class UsernameTaken(Exception):
    """Somebody took the name after it was checked and before it was written."""


class RegistrationForm(SignupForm):
    """User name, address, password, and three boxes that are never ticked in advance."""

    processing = forms.BooleanField(
        error_messages={"required": _("Bez tej zgody nie możemy prowadzić konta.")}
    )
    rules = forms.BooleanField(
        error_messages={"required": _("Żeby mieć konto, trzeba zaakceptować regulamin.")}
    )
    newsletter = forms.BooleanField(required=False)
    # The keys of the versions that the page showed.
    texts = forms.CharField(max_length=40, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Nazwa użytkownika")
        self.fields["username"].help_text = _("Od 3 do 30 znaków. Nie musi zdradzać, kim jesteś.")
        self.fields["email"].label = _("Adres e-mail")
        self.fields["email"].help_text = _(
            "Wyślemy na niego wiadomość, w której potwierdzisz konto."
        )
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
            self._ask_again()
        return values

    def _ask_again(self) -> None:
        """Untick the boxes, because a text changed while the resident was typing. Nobody agrees to
        a version that they did not see.
        """
        typed = cast("QueryDict", self.data).copy()  # type: ignore[has-type]
        for name in ("processing", "rules", "newsletter"):
            typed.pop(name, None)
        self.data = typed
        self.add_error(
            None, _("Regulamin albo klauzula właśnie się zmieniły. Przeczytaj je i zaznacz zgody.")
        )

    def validate_unique_email(self, value: str) -> str:
        """Accept an address that is taken too: the page stays the same, its owner gets a letter."""
        self.account_already_exists = is_email_taken(value)
        return value

    def try_save(self, request):
        """Returns (user, None), or (None, response) if the address has an account already. Raises
        ``UsernameTaken``.
        """
        if self.account_already_exists:
            return None, self._refuse_quietly(request)
        try:
            with transaction.atomic():
                delete_unconfirmed_holder(self.cleaned_data["email"])
                return self.save(request), None
        except IntegrityError as refused:
            if "username" in str(refused):
                raise UsernameTaken from refused
            return None, self._refuse_quietly(request)

    def _refuse_quietly(self, request):
        """Write to the owner of the address, and show the same page as to everybody.

        The name is taken all the same, by an account without an address, which can never be
        confirmed and is deleted after three days. Otherwise a second try, or a log-in, would show
        that no account was made.
        """
        user = User(username=self.cleaned_data["username"])
        user.set_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                user.save()
                self._save_registration(user)
        except IntegrityError as taken:
            raise UsernameTaken from taken
        return flows.signup.prevent_enumeration(request, email=self.cleaned_data["email"])

    def custom_signup(self, request, user) -> None:
        """allauth calls this in the transaction that makes the account."""
        user.language = get_language()
        user.save(update_fields=["language"])
        self._save_registration(user)

    def _save_registration(self, user: User) -> None:
        Registration.objects.create(
            user=user,
            clause=self.clause_version,
            rules=self.rules_version,
            newsletter=self.cleaned_data["newsletter"],
        )
