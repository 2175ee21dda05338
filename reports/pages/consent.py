"""Withdrawing the consent to letters: a page that needs a press, reached from the letters only."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reports.letters.consents import withdraw_consent
from reports.models import Contact, Report
from reports.references import parse_reference


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """GET asks, POST withdraws; a scanner that opens links changes nothing."""
    contact = _find_contact(reference, secret)
    context = {"reference": parse_reference(reference), "done": contact is None}
    if contact is not None and request.method == "POST":
        withdraw_consent(contact, how="letter")
        context["done"] = True
    return render(request, "reports/withdraw_consent.html", context)


def _find_contact(reference: str, secret: str) -> Contact | None:
    """The address behind the secret; None when it is gone already (the same answer as a wrong
    secret, so that nobody learns who left one); 404 for a report that does not exist.
    """
    stored = parse_reference(reference)
    if not Report.objects.filter(reference=stored).exists():
        raise Http404
    contacts = Contact.objects.select_related("report")
    return contacts.filter(secret=secret, report__reference=stored).first()
