"""The status of a report, for anybody who has its number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from reports.pages.forms.reference import ReferenceForm
from reports.public import find_public
from reports.tallies.expecting import usual_time


def search(request: HttpRequest) -> HttpResponse:
    """A field for the number. A correct number leads to the status page of its report."""
    if "reference" in request.GET:
        return _found(request)
    return render(request, "reports/status_search.html", {"form": ReferenceForm()})


@never_cache
def _found(request: HttpRequest) -> HttpResponse:
    form = ReferenceForm(request.GET)
    if form.is_valid():
        return redirect("reports:status", form.cleaned_data["reference"])
    return render(request, "reports/status_search.html", {"form": form}, status=400)


@never_cache
def show(request: HttpRequest, reference: str) -> HttpResponse:
    report = find_public(reference)
    context = {
        "report": report,
        "usual": usual_time(report),
        "timeline": report.timeline,
        "photos": report.photos,
        "result_photos": report.result_photos,
        "is_hidden": report.is_hidden,
    }
    return render(request, "reports/status.html", context)
