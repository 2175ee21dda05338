"""Downloading one's data, and closing the account."""

from tempfile import TemporaryFile

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import PersonRequest
from accounts.closing import StaffAccount, close_account
from accounts.exporting import write_export
from accounts.forms.account import ClosingForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required
def data(request: PersonRequest) -> HttpResponseBase:
    """GET says what the archive holds, POST downloads it. Both ask for the password again."""
    if request.method != "POST":
        return render(request, "accounts/data.html")
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    write_export(request.user, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="moje-dane.zip")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@sensitive_post_parameters("password")
def close(request: PersonRequest) -> HttpResponse:
    """Explain what closing means and ask for the password; POST closes the account at once."""
    form = ClosingForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        close_account(request.user, how="account", keep_texts=form.cleaned_data["keep_texts"])
        logout(request)
        return redirect("account_closed")
    context = {"form": form, "is_staff": request.user.is_staff_member, "why": StaffAccount.detail}
    return render(request, "accounts/close.html", context, status=400 if form.errors else 200)


@require_safe
def closed(request: PersonRequest) -> HttpResponse:
    return render(request, "accounts/closed.html")
