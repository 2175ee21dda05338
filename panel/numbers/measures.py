"""What is said of reports in numbers. None where it would be of fewer than ten reports."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models import Mark
from reports.tallies.expecting import FEWEST
from reports.tallies.reading import Figures

_PER_CENT = 100


class Measure(models.TextChoices):
    """One column of each table; values stand in addresses."""

    RECEIVED = "zgloszenia", _("Zgłoszenia")
    OPEN = "otwarte", _("Otwarte")
    OVERDUE = "po-terminie", _("Po terminie")
    ANSWERED_HALF = "odpowiedz-polowa", _("Dni do odpowiedzi: połowa spraw")
    ANSWERED_NINE = "odpowiedz-9-na-10", _("Dni do odpowiedzi: 9 na 10 spraw")
    RESOLVED_HALF = "zalatwienie-polowa", _("Dni do załatwienia: połowa spraw")
    RESOLVED_NINE = "zalatwienie-9-na-10", _("Dni do załatwienia: 9 na 10 spraw")
    REOPENED = "wrocily", _("Wróciły po zakończeniu (%)")
    SATISFIED = "ocena", _("Zgłaszający: załatwione (%)")

    @property
    def is_share(self) -> bool:
        return self in (Measure.REOPENED, Measure.SATISFIED)

    @property
    def explanation(self) -> object:
        return _EXPLANATIONS[self]

    def of(self, figures: Figures, today: date) -> int | None:
        """A count, days, or per cent; ``today`` (Europe/Warsaw) tells what is overdue."""
        if self == Measure.RECEIVED:
            return figures.count(Mark.RECEIVED)
        if self == Measure.OPEN:
            return figures.count(Mark.OPEN)
        if self == Measure.OVERDUE:
            return figures.overdue(today)
        if self == Measure.REOPENED:
            return _share(figures, Mark.REOPENED, of=(Mark.CLOSED,))
        if self == Measure.SATISFIED:
            return _share(figures, Mark.FIXED, of=(Mark.FIXED, Mark.BROKEN))
        mark, part = _DAYS[self]
        return figures.days_of_first(mark, part) if figures.count(mark) >= FEWEST else None


_DAYS = {
    Measure.ANSWERED_HALF: (Mark.ANSWERED, 50),
    Measure.ANSWERED_NINE: (Mark.ANSWERED, 90),
    Measure.RESOLVED_HALF: (Mark.RESOLVED, 50),
    Measure.RESOLVED_NINE: (Mark.RESOLVED, 90),
}
_EXPLANATIONS = {
    Measure.RECEIVED: _("Wysłane w wybranych miesiącach. Ukrytych nie liczymy."),
    Measure.OPEN: _("Z tych zgłoszeń, dziś."),
    Measure.OVERDUE: _("Otwarte, których termin minął. Gdy czekamy na zgłaszającego, zegar stoi."),
    Measure.ANSWERED_HALF: _(
        "Dni kalendarzowe od wysłania do pierwszego kroku jednostki: „w realizacji” albo"
        " zakończenia."
    ),
    Measure.ANSWERED_NINE: _("Dziewięć na dziesięć zgłoszeń z odpowiedzią."),
    Measure.RESOLVED_HALF: _(
        "Dni kalendarzowe od wysłania do załatwienia. Jeśli sprawa wróciła, liczy się ostatnie."
    ),
    Measure.RESOLVED_NINE: _("Dziewięć na dziesięć załatwionych."),
    Measure.REOPENED: _("Z tych, które jednostka zamknęła: otwarte potem jeszcze raz."),
    Measure.SATISFIED: _("Z tych, które zgłaszający ocenił: ostatnia ocena „załatwione”."),
}


def _share(figures: Figures, mark: Mark, *, of: tuple[Mark, ...]) -> int | None:
    base = figures.count(*of)
    return round(_PER_CENT * figures.count(mark) / base) if base >= FEWEST else None
