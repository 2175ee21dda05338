"""The receipt, and what can be taken along from it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.models import Report
from reports.public import find_public
from reports.second_thoughts.cookie import given_key

from .receipts import calendar_of, qr_code, status_address


@never_cache
@require_safe
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """What the sender sees after sending: the number, the unit and what happens next."""
    report = find_public(reference)
    context = {
        "report": report,
        "key": given_key(request, report.reference),
        "sent": _sent_here(request, report.reference),
        "address": status_address(report),
    }
    return render(request, "reports/receipt.html", context)


def _sent_here(request: HttpRequest, reference: str) -> str:
    """The key of the submission, for the browser that sent it: it may forget its draft."""
    if not given_key(request, reference):
        return ""
    return str(Report.objects.values_list("submission_id", flat=True).get(reference=reference))


@require_safe
def qr(request: HttpRequest, reference: str) -> HttpResponse:
    """The status page's address as a code to be scanned."""
    return HttpResponse(
        qr_code(status_address(find_public(reference))), content_type="image/svg+xml"
    )


@never_cache
@require_safe
def calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """404 where no answer is expected by a date, or none any more."""
    report = find_public(reference)
    if report.is_final or report.expected_by is None:
        raise Http404
    response = HttpResponse(
        calendar_of(report, report.expected_by), content_type="text/calendar; charset=utf-8"
    )
    name = f"{report.reference}.ics"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
