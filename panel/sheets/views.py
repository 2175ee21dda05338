"""The sheets as files."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import PersonRequest, staff_required
from maps.time_limit import read_within
from panel.queue.counting import LONGEST
from panel.queue.exporting import TooManyToRead
from panel.queue.listing import places_of
from panel.queue.rooms import Room, desk_of
from panel.queue.selection import read_selection
from panel.report.page import find_report
from reports.models import Report

from .printing import print_sheet

# A day's work; printing more takes longer than somebody waits.
MOST_REPORTS = 30


@require_safe
@staff_required
def case_sheet(request: PersonRequest, reference: str) -> HttpResponse:
    report = find_report(request, reference)
    return _file(print_sheet([report], title=_("Karta pracy")), report.reference)


def day_sheet(room: Room):
    """The first reports of a list, in an order to go to them."""

    @require_safe
    @room.require
    def view(request: PersonRequest) -> HttpResponse:
        desk = desk_of(request.user, room)
        selection = read_selection(request.GET, room.scopes)
        found = places_of(selection.filter(desk.reports, desk.user), selection.sorted_by, None)
        keys = read_within(LONGEST, lambda: [row[2] for row in found[:MOST_REPORTS]])
        if keys is None:
            raise TooManyToRead
        rows = Report.objects.select_related("category", "district", "unit").in_bulk(keys)
        reports = [rows[key] for key in keys if key in rows]
        return _file(print_sheet(reports, title=_("Lista na dzień")), "lista-na-dzien")

    return view


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
