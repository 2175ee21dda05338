"""Registering, checking a password while it is typed, and confirming the address."""

from allauth.account.views import ConfirmEmailView, SignupView
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.confirming import confirm_registration, delete_unconfirmed_holder
from accounts.forms.registration import UsernameTaken
from accounts.models import User
from accounts.passwords import password_requirements


class RegistrationView(SignupView):
    """allauth's view, with status 400 for a wrong form, also where somebody took the name at the
    same moment.
    """

    def form_valid(self, form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except UsernameTaken:
            form.add_error(
                "username", _("Ktoś ma już taką albo łudząco podobną nazwę. Wybierz inną.")
            )
            return self.form_invalid(form)

    def form_invalid(self, form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)


class ConfirmationView(ConfirmEmailView):
    """GET shows a button, POST confirms, because programs that scan letters open every link."""

    def post(self, *args, **kwargs) -> HttpResponse:
        try:
            with transaction.atomic():
                return self.confirm(*args, **kwargs)
        except Http404:
            # The link was used or is too old; the page itself says so.
            return redirect(self.request.path)
        except IntegrityError:
            messages.error(self.request, _("Ten adres należy już do innego konta."))
            return redirect("account_login")

    def confirm(self, *args, **kwargs) -> HttpResponse:
        """In one transaction: confirm the address, and write the consents of a new account."""
        address = self.get_object().email_address
        if address.user.email != address.email:
            # A changed address: somebody may have registered with it meanwhile.
            delete_unconfirmed_holder(address.email)
        response = super().post(*args, **kwargs)
        address.refresh_from_db()
        if address.verified:
            confirm_registration(address.user)
        return response


@require_POST
@sensitive_post_parameters("password1")
def password_check(request: HttpRequest) -> HttpResponse:
    """Which requirements the password meets while it is being typed. Nothing of it is kept."""
    typed = User(
        username=request.POST.get("username", "")[:150], email=request.POST.get("email", "")[:254]
    )
    person = request.user if request.user.is_authenticated else typed
    judged = password_requirements(request.POST.get("password1", "")[:256], person)
    return JsonResponse({"requirements": [requirement.is_met for requirement in judged]})
