"""The page of the numbers, and its tables as files."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import PersonRequest
from districts.models import District
from panel.queue.choices import Named, districts
from reports.models import Mark, TallyState
from reports.tallies.expecting import FEWEST
from reports.tallies.reading import By, Figures, read
from web.spreadsheets import csv_text

from .choropleth import districts_in_force, draw
from .form import FilterForm
from .measures import Measure
from .selection import (
    Selection,
    WrongNumbers,
    categories,
    first_selection,
    numbers_required,
    read_selection,
    units_of,
)
from .tables import (
    CATEGORIES,
    DISTRICTS,
    UNITS,
    Table,
    in_words,
    table_of,
    table_of_months,
    values_of,
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """``total``: of all that is selected; ``drawn``: the districts in force."""

    total: Figures
    tables: Sequence[Table]
    drawn: Sequence[District]


@require_safe
@numbers_required
def numbers(request: PersonRequest) -> HttpResponse:
    units, errors = units_of(request.user), []
    try:
        selection = read_selection(request.GET, units)
    except WrongNumbers as refusal:
        errors = [words for texts in refusal.fields.values() for words in texts]
        selection = first_selection()
    state = TallyState.objects.first()
    counted = _count(request, selection, units)
    count = counted.total.count(Mark.RECEIVED)
    values = values_of(counted.total, timezone.localdate())
    context = {
        "selection": selection,
        "errors": errors,
        "form": FilterForm(selection, units),
        "units": units,
        "state": state,
        "count": count,
        "is_shown": count >= FEWEST,
        "fewest": FEWEST,
        "period": " · ".join(selection.words),
        "figures": [(measure, in_words(values[measure])) for measure in Measure],
        "tables": [(table, table.bars(selection.measure)) for table in counted.tables],
        "query": selection.as_query(),
        "drawing": next(
            (draw(counted.drawn, one.rows) for one in counted.tables if one.has_rates), None
        ),
    }
    return render(request, "panel/numbers/numbers.html", context, status=400 if errors else 200)


@require_safe
@numbers_required
def numbers_file(request: PersonRequest, name: str) -> HttpResponse:
    """One table as CSV. Raises ``WrongNumbers``."""
    units = units_of(request.user)
    selection = read_selection(request.GET, units)
    tables = {table.name: table for table in _count(request, selection, units).tables}
    if name not in tables:
        raise Http404
    body = csv_text(tables[name].headings, tables[name].file_rows())
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="liczby-{name}.csv"'
    return response


def _count(request: PersonRequest, selection: Selection, units: dict[str, Named]) -> Numbers:
    found = read(selection.wanted(units, is_limited=not request.user.is_operator))
    total, today = Figures(), timezone.localdate()
    for figures in found[By.MONTH].values():
        total.add(figures)
    drawn = districts_in_force()
    residents = {one.code: one.population for one in drawn}
    if selection.district:
        residents = {code: n for code, n in residents.items() if code == selection.district}
    tables = [
        table_of_months(selection.months, found[By.MONTH], today),
        table_of(UNITS, units, found[By.UNIT], today),
        table_of(CATEGORIES, categories(), found[By.CATEGORY], today),
        table_of(DISTRICTS, districts(), found[By.DISTRICT], today, residents),
    ]
    return Numbers(total, tables, drawn)
