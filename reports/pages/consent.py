"""The page on which a consent to letters is withdrawn. Only the letters link to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from reports.letters.consents import withdraw_consent
from reports.models import Report


# The secret in the address is what lets somebody in, and mail programs have no token (RFC 8058).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """GET asks and POST withdraws, so a scanner that opens links changes nothing.

    A wrong secret and a deleted address get the same answer, so that nobody learns who left an
    address.
    """
    report = Report.objects.find(reference)
    contact = report.contacts.filter(secret=secret).first()
    is_done = contact is None
    if contact is not None and request.method == "POST":
        withdraw_consent(contact, how="letter")
        is_done = True
    context = {"reference": report.reference, "done": is_done}
    return render(request, "reports/withdraw_consent.html", context)
