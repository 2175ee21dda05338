"""The lists of reports: what waits for an operator, and what a unit has to do."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.access import PersonRequest
from panel.bulk.acting import bulk_acts_for
from reports.intake.guard.switch import raised_until

from .arriving import newest_assignment
from .counting import MOST_COUNTED, count_selections, is_bounded
from .form import FilterForm, chosen_filters
from .listing import ListPage, list_page
from .rooms import Desk, Room, desk_of
from .saved_views import selection_of, views_of
from .selection import Selection, WrongList, read_selection


@require_safe
@Room.OPERATOR.require
def operator(request: PersonRequest) -> HttpResponse:
    """What needs a decision, or everything."""
    return _show_room(request, Room.OPERATOR, guard_until=raised_until(), has_guard=True)


@require_safe
@Room.UNIT.require
def unit(request: PersonRequest) -> HttpResponse:
    """The reports of my units."""
    return _show_room(request, Room.UNIT)


def _show_room(request: PersonRequest, room: Room, **more: object) -> HttpResponse:
    desk = desk_of(request.user, room)
    # Before the list is read: what comes meanwhile is told, even if the list has it already.
    since = newest_assignment()
    selection, page, errors = _read(desk, request.GET)
    kept = [(view, selection_of(view)) for view in views_of(desk)]
    total, counts = _count(desk, selection, page, [one for _view, one in kept if one])
    context = more | {
        "desk": desk,
        "saved_views": [
            (view, _count_words(one, counts.get(one)), view.query == selection.as_query())
            for view, one in kept
        ],
        "room": room,
        "selection": selection,
        "page": page,
        "errors": errors,
        "query": selection.as_query(),
        "total_words": _total_words(selection, total),
        "map_url": room.url_of("map"),
        "live_url": f"{room.url_of('live')}?{selection.as_query()}&od={since}",
        "views_url": room.url_of("views"),
        "day_url": room.url_of("day"),
        "csv_url": room.url_of("csv"),
        "geojson_url": room.url_of("geojson"),
        "xlsx_url": room.url_of("xlsx"),
        "bulk_url": room.url_of("bulk"),
        "bulk_acts": [
            (act.name, act.button.title or act.button.label) for act in bulk_acts_for(desk.user)
        ],
        "selection_fields": [
            (name, value)
            for name, values in QueryDict(selection.as_query()).lists()
            for value in values
        ],
        "form": FilterForm(selection, room),
        "chosen": chosen_filters(selection),
        "scopes": [
            (
                scope,
                replace(selection, scope=scope, reason=None).as_query(),
                scope == selection.scope,
            )
            for scope in room.scopes
        ],
    }
    return render(request, "panel/queue.html", context, status=400 if errors else 200)


def _read(desk: Desk, query: QueryDict) -> tuple[Selection, ListPage, list[str]]:
    """The selection that an address names, its page, and sentences about an address that is none;
    then it is what the room shows first.
    """
    first = Selection(scope=desk.room.scopes[0])
    try:
        selection = read_selection(query, desk.room.scopes)
        return selection, list_page(desk, selection, query), []
    except WrongList as refusal:
        errors = [words for texts in refusal.fields.values() for words in texts]
        return first, list_page(desk, first, QueryDict()), errors


def _count(
    desk: Desk, selection: Selection, page: ListPage, others: Sequence[Selection]
) -> tuple[int | None, dict[Selection | None, int | None]]:
    """How many reports the list has, and each of the saved views; None where nobody knows."""
    is_counted = page.total is None and not page.is_cut
    counts = count_selections(desk, [*others, selection] if is_counted else others)
    total = counts[-1] if is_counted else page.total
    return total, dict(zip(others, counts, strict=False))


def _total_words(selection: Selection, total: int | None) -> str:
    if total is None:
        return _("Zgłoszenia")
    if total > MOST_COUNTED and is_bounded(selection):
        return _("Ponad %(n)s zgłoszeń") % {"n": localize(MOST_COUNTED)}
    words = ngettext("%(n)s zgłoszenie", "%(n)s zgłoszeń", total)
    return words % {"n": localize(total)}


def _count_words(selection: Selection | None, count: int | None) -> str:
    """Nothing where nobody knows."""
    if count is None or selection is None:
        return ""
    if count > MOST_COUNTED and is_bounded(selection):
        return f"{localize(MOST_COUNTED)}+"
    return localize(count)
