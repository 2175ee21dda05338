"""The tables of the numbers: a row a month, unit, category or district, few cases hidden."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.queue.choices import Named
from reports.models import Mark
from reports.tallies.expecting import FEWEST
from reports.tallies.reading import Figures

from .measures import Measure


@dataclass(frozen=True, slots=True)
class Row:
    """``code``: of what it is about; ``values``: None where there is nothing to say, all of them
    where the row ``is_hidden``. ``rate``: reports for 1,000 residents, of districts.
    """

    code: str
    name: str
    values: Mapping[Measure, int | None]
    is_hidden: bool = False
    rate: float | None = None

    @property
    def cells(self) -> list[str]:
        """As people read them."""
        return [in_words(self.values[measure]) for measure in Measure]

    @property
    def rate_words(self) -> str:
        return "–" if self.rate is None else number_format(self.rate, decimal_pos=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: ``part`` of the longest, in per cent; None where nothing can be said."""

    name: str
    words: str
    part: float | None


@dataclass(frozen=True, slots=True)
class Table:
    """``name``: in addresses."""

    name: str
    title: str | Promise
    first_heading: str | Promise
    rows: Sequence[Row]
    has_rates: bool = False

    @property
    def is_cut(self) -> bool:
        return any(row.is_hidden for row in self.rows)

    @property
    def headings(self) -> list[str]:
        words = [self.first_heading, *(measure.label for measure in Measure)]
        return [str(one) for one in [*words, *([_("Na 1000 mieszkańców")] * self.has_rates)]]

    def bars(self, measure: Measure) -> list[Bar]:
        longest = max((row.values[measure] or 0 for row in self.rows), default=0) or 1
        return [
            Bar(
                row.name,
                _("ukryte") if row.is_hidden else in_words(row.values[measure]),
                None if (value := row.values[measure]) is None else round(100 * value / longest, 1),
            )
            for row in self.rows
        ]

    def file_rows(self) -> Iterable[Sequence[object]]:
        """For a spreadsheet: what cannot be said is empty, a hidden row says so."""
        for row in self.rows:
            values: list[object] = [row.values[measure] for measure in Measure]
            if row.is_hidden:
                values[0] = _("ukryte")
            yield [
                row.name,
                *("" if value is None else value for value in values),
                *([row.rate if row.rate is not None else ""] * self.has_rates),
            ]


MONTHS, UNITS, CATEGORIES, DISTRICTS = "miesiace", "jednostki", "kategorie", "osiedla"
_TITLES = {
    MONTHS: (gettext_lazy("Miesiące wysłania"), gettext_lazy("Miesiąc")),
    UNITS: (gettext_lazy("Jednostki"), gettext_lazy("Jednostka")),
    CATEGORIES: (gettext_lazy("Kategorie"), gettext_lazy("Kategoria")),
    DISTRICTS: (gettext_lazy("Osiedla"), gettext_lazy("Osiedle")),
}


def table_of_months(months: Sequence[date], found: Mapping[date, Figures], today: date) -> Table:
    """All of ``months``, the oldest first."""
    figures = {f"{month:%Y-%m}": found.get(month, Figures()) for month in months}
    names = {f"{month:%Y-%m}": date_format(month, "F Y").lower() for month in months}
    return _table(MONTHS, names, figures, today)


def table_of(
    name: str,
    rows: Mapping[str, Named],
    found: Mapping[int, Figures],
    today: date,
    residents: Mapping[str, int | None] | None = None,
) -> Table:
    """Of those of ``rows`` that have a report, in their order. ``residents``: of the districts in
    force, all of which are shown.
    """
    figures: dict[str, Figures] = {}
    for code, row in rows.items():
        for key in row.keys:
            if key in found:
                figures.setdefault(code, Figures()).add(found[key])
        if residents and code in residents:
            figures.setdefault(code, Figures())
    names = {code: rows[code].name for code in figures}
    return _table(name, names, figures, today, residents)


def hidden_rows(counts: Mapping[str, int]) -> set[str]:
    """Those of fewer than ``FEWEST`` reports, though not of none; and so many of the next smallest
    that what is hidden is at least two rows of ``FEWEST`` reports together, so that none can be
    told by taking the others from the total.
    """
    few = {key for key, count in counts.items() if 0 < count < FEWEST}
    rest = sorted((count, key) for key, count in counts.items() if count >= FEWEST)
    while few and rest and (len(few) < 2 or sum(counts[key] for key in few) < FEWEST):
        few.add(rest.pop(0)[-1])
    return few


def values_of(figures: Figures, today: date) -> dict[Measure, int | None]:
    return {measure: measure.of(figures, today) for measure in Measure}


def _table(
    name: str,
    names: Mapping[str, str],
    figures: Mapping[str, Figures],
    today: date,
    residents: Mapping[str, int | None] | None = None,
) -> Table:
    counts = {code: one.count(Mark.RECEIVED) for code, one in figures.items()}
    hidden = hidden_rows(counts)
    title, heading = _TITLES[name]
    rows = []
    for code, one in figures.items():
        if code in hidden:
            rows.append(Row(code, names[code], dict.fromkeys(Measure), is_hidden=True))
            continue
        people = (residents or {}).get(code)
        rate = round(1000 * counts[code] / people, 1) if people else None
        rows.append(Row(code, names[code], values_of(one, today), rate=rate))
    return Table(name, title, heading, rows, has_rates=residents is not None)


def in_words(value: int | None) -> str:
    """``–`` where there is nothing to say."""
    return "–" if value is None else number_format(value, force_grouping=True)
