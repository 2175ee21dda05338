"""All that waits for a unit, by the link in its daily letter."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.letters.work_lists import dispatches_of, waiting_for
from reports.unit_link import case_link, find_list

_PAGE = 50


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """What has to be answered first stands first. The links of its reports end with its own."""
    unit, until = find_list(key)
    page = Paginator(waiting_for(unit), _PAGE).get_page(request.GET.get("strona"))
    sent = dispatches_of(unit, page)
    rows = [(report, case_link(sent[report.pk], until)) for report in page if report.pk in sent]
    context = {"unit": unit, "until": until, "page": page, "rows": rows}
    response = render(request, "panel/by_link/list.html", context)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
