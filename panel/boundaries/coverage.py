"""Whether everything has somebody: ground where no unit answers, ground that is claimed twice, and
hand-overs along borders. Each is a table with a map, and a CSV file with all of it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import shapely
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from shapely.geometry import mapping

from accounts.access import PersonRequest, staff_required
from catalogue.coverage import (
    Unanswered,
    find_claimed_twice,
    find_idle_rules,
    find_unanswered,
)
from catalogue.models import Category, RoutingRule
from districts.editions.flaws import find_overlaps
from districts.models import OSIEDLA, Edition, Layer
from panel.templatetags.boundaries import ground
from reports.handling.misroutes import MOST, NEAR_METRES, border_lines, find_misroutes
from units.models import Unit
from web.spreadsheets import csv_text

# Rows that a page lists, names of places in one of them, and points of the map; the file has all.
_ROWS, _NAMES, _POINTS = 300, 5, 5_000
# Places are drawn to about a metre.
_STEP = 1e-5


@dataclass(frozen=True, slots=True)
class Row:
    """``place``: the number of what the map shows of it, 0 if nothing."""

    cells: Sequence[object]
    place: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the monitor. ``features``: GeoJSON (EPSG:4326), whose ``id`` is a row's ``place``.
    ``file``: headings and rows of the CSV. ``notes``: what else is to be known.
    """

    name: str
    title: str | Promise
    intro: str | Promise
    empty: str | Promise
    headings: Sequence[str]
    rows: Sequence[Row]
    features: Sequence[dict]
    file: tuple[Sequence[str], Iterable[Sequence[object]]]
    notes: Sequence[str] = ()
    idle: Sequence[RoutingRule] = ()
    form: forms.Form | None = field(default=None)


class MisroutesForm(forms.Form):
    layer = forms.ModelChoiceField(
        label=gettext_lazy("Granice"), queryset=Layer.objects.all(), empty_label=None
    )
    category: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Kategoria"),
        queryset=Category.objects.filter(is_active=True).order_by("name"),
        required=False,
        empty_label=gettext_lazy("wszystkie"),
    )


@staff_required(gis_or_operator=True)
def unanswered(request: PersonRequest) -> HttpResponse:
    found = find_unanswered()
    rows = [
        Row(
            [
                one.category.name,
                _why(one),
                _("całe miasto") if one.is_everywhere else _names([g.name for g in one.grounds]),
                ground(one.m2),
            ],
            0 if one.is_everywhere else number,
        )
        for number, one in enumerate(found, start=1)
    ]
    features = [
        _feature(number, "warning" if one.is_chosen else "error", [g.shape for g in one.grounds])
        for number, one in enumerate(found, start=1)
        if not one.is_everywhere
    ]
    lines = (
        [
            one.category.code,
            one.category.name,
            _why(one),
            part.code,
            part.name,
            round(part.m2),
            _("tak") if part.is_whole else _("nie"),
        ]
        for one in found
        for part in one.grounds
    )
    sheet = Sheet(
        name="coverage",
        title=_("Gdzie nikt nie odpowiada"),
        intro=_(
            "Według obowiązującego załącznika i obowiązujących granic te sprawy nie mają tam"
            " jednostki i trafiają do operatora."
        ),
        empty=_("Każda sprawa ma w każdym miejscu swoją jednostkę."),
        headings=[_("Kategoria"), _("Dlaczego"), _("Gdzie"), _("Powierzchnia")],
        rows=rows,
        features=features,
        file=(
            [
                _("Kategoria"),
                _("Nazwa kategorii"),
                _("Dlaczego"),
                _("Osiedle"),
                _("Nazwa osiedla"),
                _("Metry kwadratowe"),
                _("Całe osiedle"),
            ],
            lines,
        ),
        idle=find_idle_rules(),
    )
    return _answer(request, sheet)


@staff_required(gis_or_operator=True)
def claimed_twice(request: PersonRequest) -> HttpResponse:
    """Overlaps within an edition in force, and rows of two layers that contradict each other."""
    found: list[tuple[str, str, str, float, shapely.Geometry]] = []
    for layer in Layer.objects.all():
        edition = Edition.objects.in_force_or_none(layer.pk)
        for one in find_overlaps(edition) if edition else ():
            codes = " / ".join(one.codes)
            found.append((_("dwa obszary jednej warstwy"), layer.name, codes, one.size, one.place))
    for twice in find_claimed_twice():
        about = twice.category.name if twice.category else _("każda sprawa")
        claims = " / ".join(f"{rule.place_code} → {rule.unit.short_name}" for rule in twice.rules)
        found.append((_("dwa wiersze załącznika"), about, claims, twice.m2, twice.shape))
    headings = [_("Rodzaj"), _("Warstwa albo kategoria"), _("Kto"), _("Powierzchnia")]
    sheet = Sheet(
        name="claimed-twice",
        title=_("Gdzie odpowiadają dwie jednostki naraz"),
        intro=_(
            "Miejsca, które obejmują dwa obszary jednej warstwy albo dwa rejony, dla których"
            " załącznik mówi co innego. To, kto dostaje tam zgłoszenia, jest przypadkiem."
        ),
        empty=_("Żadne miejsce nie jest zajęte dwa razy."),
        headings=headings,
        rows=[
            Row([kind, about, claims, ground(m2)], number)
            for number, (kind, about, claims, m2, _shape) in enumerate(found, start=1)
        ],
        features=[
            _feature(number, "error", [shape])
            for number, (*_words, shape) in enumerate(found, start=1)
        ],
        file=(
            [*headings[:3], _("Metry kwadratowe")],
            ([kind, about, claims, round(m2)] for kind, about, claims, m2, _shape in found),
        ),
    )
    return _answer(request, sheet)


@staff_required(gis_or_operator=True)
def misroutes(request: PersonRequest) -> HttpResponse:
    form = MisroutesForm({"layer": OSIEDLA} | request.GET.dict())
    edition = None
    if form.is_valid():
        edition = Edition.objects.in_force_or_none(form.cleaned_data["layer"].pk)
    rows: list[Row] = []
    features: list[dict] = []
    lines: list[list[object]] = []
    notes = []
    if edition is not None:
        category = form.cleaned_data["category"]
        found = find_misroutes(edition, category=category and category.pk)
        names = dict(edition.districts.values_list("code", "name"))
        categories, units = Category.objects.in_bulk(), Unit.objects.in_bulk()
        places = {pair: number for number, pair in enumerate(_pairs(found.rows), start=1)}
        for row in found.rows:
            about, was, then = categories[row.category], units[row.unit], units[row.to_unit]
            border = " – ".join(names[code] for code in row.pair)
            cells = [border, about.name, was.short_name, then.short_name, row.number]
            rows.append(Row(cells, places[row.pair]))
            lines.append([*row.pair, about.code, about.name, was.code, then.code, row.number])
        points = dict(_first_points(found.points))
        for pair, line in border_lines(edition, list(places)).items():
            features.append(_drawn(places[pair], "error", json.loads(line)))
            if points.get(pair):
                dots = {"type": "MultiPoint", "coordinates": points[pair]}
                features.append(_drawn(places[pair], "warning", dots))
        words = _("Przekazania w ostatnich dwunastu miesiącach: %(number)s.")
        notes = [words % {"number": found.number}]
        if found.is_cut:
            words = _("Przekazań jest więcej. Liczymy najnowsze %(most)s.")
            notes.append(words % {"most": MOST})
    sheet = Sheet(
        name="misroutes",
        title=_("Przekazane innej jednostce przy granicy"),
        intro=_(
            "Zgłoszenia bliżej niż %(metres)s m od granicy, które ktoś ręcznie przekazał innej"
            " jednostce. Gdzie jest ich dużo, tam granica albo załącznik może nie pasować do życia."
        )
        % {"metres": NEAR_METRES},
        empty=_("Przy tych granicach nikt niczego nie przekazał."),
        headings=[_("Granica"), _("Kategoria"), _("Miała"), _("Dostała"), _("Ile")],
        rows=rows,
        features=features,
        file=(
            [
                _("Osiedle"),
                _("Osiedle obok"),
                _("Kategoria"),
                _("Nazwa kategorii"),
                _("Miała"),
                _("Dostała"),
                _("Ile"),
            ],
            lines,
        ),
        notes=notes,
        form=form,
    )
    return _answer(request, sheet, status=200 if form.is_valid() else 400)


def _answer(request: HttpRequest, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    if request.GET.get("format") == "csv":
        answer = HttpResponse(csv_text(*sheet.file), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{sheet.name}.csv"'
        return answer
    context = {
        "sheet": sheet,
        "rows": sheet.rows[:_ROWS],
        "hidden": max(len(sheet.rows) - _ROWS, 0),
        "places": {"type": "FeatureCollection", "features": list(sheet.features)},
    }
    return render(request, "panel/boundaries/coverage.html", context, status=status)


def _why(one: Unanswered) -> str:
    return _("tak mówi załącznik") if one.is_chosen else _("żaden wiersz nie pasuje")


def _names(names: Sequence[str]) -> str:
    first, more = ", ".join(names[:_NAMES]), len(names) - _NAMES
    if more <= 0:
        return first
    return _("%(names)s i jeszcze %(number)s") % {"names": first, "number": more}


def _pairs(rows) -> list[tuple[str, str]]:
    """In the order of the table."""
    return list(dict.fromkeys(row.pair for row in rows))


def _first_points(points):
    """As many as a map can show, from every border."""
    most = max(_POINTS // max(len(points), 1), 1)
    return ((pair, own[:most]) for pair, own in points.items())


def _feature(place: int, look: str, shapes: Sequence[shapely.Geometry]) -> dict:
    shape = shapely.simplify(shapely.union_all(list(shapes)), _STEP)
    return _drawn(place, look, mapping(shapely.transform(shape, lambda c: c.round(6))))


def _drawn(place: int, look: str, geometry) -> dict:
    properties = {"id": place, "look": look}
    return {"type": "Feature", "properties": properties, "geometry": geometry}
