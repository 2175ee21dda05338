"""'Me too': what it means, the press, and letters for those who want them. Needs no scripts."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import resident_of
from accounts.models import User
from regulations.models import Kind, Version
from reports.intake.devices import device_of, follower_hash, remember_device
from reports.intake.following import Ended, Letters
from reports.intake.following import follow as follow_report
from reports.models import Report
from reports.pages.forms.follow import FollowForm
from reports.public import find_public
from web.errors import PortalError
from web.expired import EXPIRED, SEND_AGAIN, shown_again_by


def _show_again(request: HttpRequest, reference: str) -> HttpResponse:
    report = Report.objects.public().find(reference)
    messages.warning(request, SEND_AGAIN)
    return _render_page(request, report, FollowForm(request.POST), status=EXPIRED)


@shown_again_by(_show_again)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, reference: str) -> HttpResponse:
    """GET tells what happens next, POST counts the device, and once more takes an address."""
    report = Report.objects.public().find(reference)
    if request.method != "POST":
        if report.is_final:
            return redirect(report)
        return _render_page(request, report, FollowForm())
    device, form = device_of(request), FollowForm(request.POST)
    form.is_known = _is_following(report, device) and resident_of(request) is None
    if not form.is_valid():
        return _render_page(request, report, form, status=400)
    try:
        following = follow_report(
            report,
            follower=follower_hash(device),
            resident=resident_of(request),
            **form.cleaned_data,
        )
    except Ended:
        raise
    except PortalError as refusal:
        for name, texts in refusal.fields.items():
            form.add_error(name, texts)
        return _render_page(request, report, form, status=refusal.status)
    if following.letters is Letters.ASKED:
        words = _(
            "Wysłaliśmy wiadomość na %(email)s. Potwierdź w niej swój adres; wcześniej nie"
            " napiszemy nic więcej."
        )
        messages.success(request, words % {"email": form.cleaned_data["email"]})
    response = HttpResponseRedirect(request.path, status=303)
    remember_device(response, device, secure=settings.SESSION_COOKIE_SECURE)
    return response


def _is_following(report: Report, device: str) -> bool:
    return report.follows.filter(follower=follower_hash(device)).exists()


def _hears(report: Report, resident: User | None) -> bool:
    """Whether letters about ``report`` go to the account that is logged in."""
    if resident is None:
        return False
    return report.owner_id == resident.pk or report.contacts.of_mailbox(resident.email).exists()


def _render_page(
    request: HttpRequest, report: Report, form: FollowForm, *, status: int = 200
) -> HttpResponse:
    resident, is_following = resident_of(request), _is_following(report, device_of(request))
    if is_following:
        form.fields["email"].label = _("Adres e-mail")
    context = {
        "report": find_public(report.reference),
        "form": form,
        "resident": resident,
        "is_following": is_following,
        "hears": _hears(report, resident),
        "clause": Version.objects.in_force(Kind.CLAUSE),
    }
    return render(request, "reports/follow.html", context, status=status)
