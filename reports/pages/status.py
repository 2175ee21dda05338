"""The status of a report, for anybody who has its number."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from reports.models import Report
from reports.pages.forms.reference import ReferenceForm
from reports.public import PublicReport, find_public
from reports.references import parse_reference


@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """A field for the number; a right number leads to its page."""
    form = ReferenceForm(request.GET if "reference" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("reports:status", form.cleaned_data["reference"])
    code = 400 if form.is_bound else 200
    return render(request, "reports/status_search.html", {"form": form}, status=code)


@never_cache
def show(request: HttpRequest, reference: str) -> HttpResponse:
    report = find(reference)
    context = {
        "report": report,
        "timeline": report.timeline,
        "photos": report.photos,
        "result_photos": report.result_photos,
        "is_hidden": report.is_hidden,
    }
    return render(request, "reports/status.html", context)


def find(reference: str) -> PublicReport:
    try:
        return find_public(parse_reference(reference))
    except Report.DoesNotExist as missing:
        raise Http404 from missing
