"""The receipt, and the files that it offers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.models import Report
from reports.public import find_public
from reports.second_thoughts.cookie import given_key
from reports.tallies.expecting import usual_time
from web.addresses import absolute_url

from .receipt_files import calendar_of, qr_code


@never_cache
@require_safe
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """What the sender sees after sending: the number, the unit and what happens next.

    The browser that sent the report also gets the id of the submission, so that it may delete its
    draft.
    """
    report = find_public(reference)
    key, sent = given_key(request, report.reference), ""
    if key:
        sent = str(Report.objects.only("submission_id").find(reference).submission_id)
    context = {
        "report": report,
        "usual": usual_time(report),
        "key": key,
        "sent": sent,
        "address": absolute_url("reports:status", report.reference),
    }
    return render(request, "reports/receipt.html", context)


@require_safe
def qr(request: HttpRequest, reference: str) -> HttpResponse:
    """A QR code with the address of the status page."""
    address = absolute_url("reports:status", find_public(reference).reference)
    return HttpResponse(qr_code(address), content_type="image/svg+xml")


@never_cache
@require_safe
def calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """The date of the answer for a calendar. 404 if no answer is expected by a date."""
    report = find_public(reference)
    if report.is_final or report.expected_by is None:
        raise Http404
    response = HttpResponse(
        calendar_of(report, report.expected_by), content_type="text/calendar; charset=utf-8"
    )
    name = f"{report.reference}.ics"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
