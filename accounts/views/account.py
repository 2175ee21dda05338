"""Pages of the account: overview, consents, new rules, a takeover."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import consents
from accounts.access import PersonRequest, account_required
from accounts.forms.account import NoticesForm
from accounts.models import User
from accounts.rules.accepting import accept_rules, must_accept_rules, rules_to_accept
from accounts.takeover import report_takeover
from regulations.models import Kind, Version


@require_safe
@account_required
def home(request: PersonRequest) -> HttpResponse:
    return render(request, "accounts/home.html", {"waiting": rules_to_accept(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@account_required
def consent_page(request: PersonRequest) -> HttpResponse:
    """Show the consents, since when they hold, and how to withdraw them; POST sets the notices."""
    form = NoticesForm(request.POST if request.method == "POST" else None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        # Not form.save(): it would write every column, also what others have changed meanwhile.
        User.objects.filter(pk=request.user.pk).update(notices=form.cleaned_data["notices"])
        messages.success(request, _("Zapisaliśmy wybór."))
        return redirect("account_consents")
    history = list(consents.history(request.user.email))
    context = {
        "form": form,
        "clause": Version.objects.in_force(Kind.CLAUSE),
        "held": {entry.purpose: entry for entry in consents.active_entries(request.user.email)},
        "history": history,
    }
    return render(request, "accounts/consents.html", context, status=400 if form.errors else 200)


@require_POST
@account_required
def newsletter(request: PersonRequest) -> HttpResponse:
    """Give the consent to the newsletter, or withdraw it."""
    wants = request.POST.get("wanted") == "1"
    if wants and request.POST.get("version") != str(Version.objects.in_force(Kind.CLAUSE).pk):
        return _changed_meanwhile(request, "account_consents")
    consents.choose_newsletter(request.user, wants=wants, how="account")
    given = _("Zapisaliśmy: będziesz dostawać biuletyn.")
    taken = _("Zapisaliśmy: biuletynu już nie wyślemy.")
    messages.success(request, given if wants else taken)
    return redirect("account_consents")


def _changed_meanwhile(request: PersonRequest, page: str) -> HttpResponse:
    """Ask again: nobody agrees to a version that the page did not show."""
    messages.warning(request, _("Tekst właśnie się zmienił. Przeczytaj go i zdecyduj jeszcze raz."))
    return redirect(page)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rules(request: PersonRequest) -> HttpResponse:
    """Show new rules to a resident, who accepts them (POST) or goes on to close the account."""
    version = rules_to_accept(request.user)
    if version is None:
        return redirect("account_home")
    if request.method == "POST" and request.POST.get("version") != str(version.pk):
        return _changed_meanwhile(request, "account_rules")
    if request.method == "POST":
        accept_rules(request.user, version, how="account")
        messages.success(request, _("Dziękujemy, regulamin jest zaakceptowany."))
        return redirect("account_home")
    context = {
        "version": version,
        "accepted": request.user.rules_accepted,
        "must_accept": must_accept_rules(request.user),
    }
    return render(request, "accounts/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def takeover(request: PersonRequest) -> HttpResponse:
    """'Someone else uses my account': GET explains, POST makes the password useless."""
    if request.method != "POST":
        return render(request, "accounts/takeover.html")
    report_takeover(request, request.user)
    logout(request)
    return redirect("account_reset_password_done")
