"""Ask for a workbook, see whether it is made, and take it."""

from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import PersonRequest, staff_required
from panel.queue.rooms import Room, desk_of
from panel.queue.selection import read_selection

from .asking import ask_workbook, may_open, workbooks_of
from .models import Workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ask_page(room: Room):
    """Ask for all that the selection ``query`` shows."""

    @require_POST
    @room.require
    def view(request: PersonRequest) -> HttpResponse:
        selection = read_selection(QueryDict(request.POST.get("query", "")), room.scopes)
        ask_workbook(desk_of(request.user, room), selection, language=request.LANGUAGE_CODE)
        return redirect("panel:workbooks")

    return view


@require_safe
@staff_required
def list_page(request: PersonRequest) -> HttpResponse:
    """Own workbooks, the newest first."""
    rows = list(workbooks_of(request.user).prefetch_related("units"))
    context = {
        "rows": [(row, may_open(request.user, row)) for row in rows],
        "is_waiting": any(row.state == Workbook.State.OWED for row in rows),
    }
    return render(request, "panel/workbooks.html", context)


@require_safe
@staff_required
def download(request: PersonRequest, pk) -> FileResponse:
    """404 also where the person may see the reports no longer."""
    workbook = get_object_or_404(workbooks_of(request.user), pk=pk, state=Workbook.State.READY)
    if not may_open(request.user, workbook):
        raise Http404
    try:
        content = workbook.file.open("rb")
    except FileNotFoundError:
        # The folder was lost.
        raise Http404 from None
    day = timezone.localtime(workbook.created_at).date()
    response = FileResponse(
        content, as_attachment=True, filename=f"zgloszenia-{day}.xlsx", content_type=_XLSX
    )
    response["Cache-Control"] = "private, no-store"
    return response
