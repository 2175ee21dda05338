"""A member of staff's personal tokens: make one, which is shown once, and revoke."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import PersonRequest, staff_required
from accounts.forms.tokens import TokenForm
from accounts.tokens import make_token, revoke_tokens
from web.errors import PortalError


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
@reauthentication_required
@never_cache
def tokens(request: PersonRequest) -> HttpResponse:
    """Both ask for the password again, as a stranger at an open screen would take a token away."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    made, status = None, 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = make_token(request.user, **form.cleaned_data)
                form = TokenForm()
            except PortalError as refusal:
                form.add_error(None, str(refusal.detail))
                status = refusal.status
        else:
            status = 400
    context = {"form": form, "made": made, "tokens": request.user.personal_tokens.all()}
    return render(request, "accounts/tokens.html", context, status=status)


@require_POST
@staff_required
def revoke(request: PersonRequest, pk: int) -> HttpResponse:
    revoke_tokens(request.user, pk=pk)
    messages.success(request, _("Ten token niczego już nie otwiera."))
    return redirect("account_tokens")
