"""Registering, the password's requirements while typing, confirming the address."""

from allauth.account.views import ConfirmEmailView, SignupView
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.confirming import confirmed, make_room
from accounts.forms.registration import UsernameTaken
from accounts.models import User
from accounts.passwords import requirements


class RegistrationView(SignupView):
    """allauth's, with the right status for a wrong form and for a name lost in a race."""

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
    """GET asks, a press confirms: scanners that open links confirm nothing."""

    def post(self, *args, **kwargs) -> HttpResponse:
        try:
            with transaction.atomic():
                return self.confirm(*args, **kwargs)
        except Http404:
            # Used or too old: the page itself says so.
            return redirect(self.request.path)
        except IntegrityError:
            messages.error(self.request, _("Ten adres należy już do innego konta."))
            return redirect("account_login")

    def confirm(self, *args, **kwargs) -> HttpResponse:
        """In one transaction: the address, the consents, and room for a changed address."""
        address = self.get_object().email_address
        if address.user.email != address.email:
            make_room(address.email)
        response = super().post(*args, **kwargs)
        address.refresh_from_db()
        if address.verified:
            confirmed(address.user)
        return response


@require_POST
@sensitive_post_parameters("password1")
def password_check(request: HttpRequest) -> HttpResponse:
    """Which requirements the password meets that is being typed; nothing of it is kept."""
    typed = User(
        username=request.POST.get("username", "")[:150], email=request.POST.get("email", "")[:254]
    )
    person = request.user if request.user.is_authenticated else typed
    told = requirements(request.POST.get("password1", "")[:256], person)
    return JsonResponse({"requirements": [requirement.is_met for requirement in told]})


registration = RegistrationView.as_view()
confirmation = ConfirmationView.as_view()
