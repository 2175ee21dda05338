"""What somebody looks at: a selection, and the part of the city."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from districts.neighbourhood import clip_to_neighbourhood
from maps.extent import read_box
from maps.selection import FIRST_VIEW, Selection, WrongSelection, read_selection
from maps.summary.squares import Box

_FILTERS = ("kategoria", "grupa", "status", "okres", "miesiac", "osiedle")


class Drawn(models.TextChoices):
    """What the map shows of the selected reports; values stand in addresses as ``pokaz``."""

    REPORTS = "", gettext_lazy("zgłoszenia")
    COUNTS = "osiedla", gettext_lazy("osiedla: ile zgłoszeń")
    RATES = "osiedla-na-1000", gettext_lazy("osiedla: ile na 1000 mieszkańców")


@dataclass(frozen=True, slots=True)
class View:
    """``box``: the part of the city (EPSG:4326), None for all of it. ``errors``: sentences about an
    address that is none; then the first view is shown.
    """

    selection: Selection = FIRST_VIEW
    box: Box | None = None
    drawn: Drawn = Drawn.REPORTS
    errors: list[str] = field(default_factory=list)

    @property
    def is_first(self) -> bool:
        return self.selection == FIRST_VIEW

    @property
    def box_text(self) -> str:
        return ",".join(f"{number:.5f}" for number in self.box) if self.box else ""

    @property
    def middle_text(self) -> str:
        """Latitude and longitude of the middle of the part, as somebody would type it."""
        if self.box is None:
            return ""
        west, south, east, north = self.box
        return f"{(south + north) / 2:.5f}, {(west + east) / 2:.5f}"

    @property
    def query(self) -> str:
        """The parameters of an address that shows the same."""
        return self.query_of(self.selection)

    def query_of(self, selection: Selection, **more: str) -> str:
        """Those of the same part of the city, drawn alike, with another selection."""
        rest = {"bbox": self.box_text, "pokaz": self.drawn.value, **more}
        rest = {name: value for name, value in rest.items() if value}
        return "&".join(part for part in (selection.as_query(), urlencode(rest, safe=",")) if part)


def read_view(query: QueryDict) -> View:
    """What an address asks for; one without filters asks for ``FIRST_VIEW``."""
    view = View()
    errors: list[str] = []
    if any(name in query for name in _FILTERS):
        try:
            view = replace(view, selection=read_selection(query))
        except WrongSelection as refusal:
            errors += _sentences(refusal)
    if text := query.get("bbox", ""):
        try:
            view = replace(view, box=read_box(text))
        except WrongSelection as refusal:
            errors += _sentences(refusal)
    try:
        view = replace(view, drawn=Drawn(query.get("pokaz", "")))
    except ValueError:
        errors.append(_("Mapa nie pokazuje takich danych. Wybierz jeszcze raz."))
    return replace(view, errors=errors)


def near_the_city(box: Box | None) -> Box | None:
    """The part of ``box`` in which there may be reports; None: in none of it."""
    return clip_to_neighbourhood(box) if box else None


def _sentences(refusal: WrongSelection) -> list[str]:
    return [words for texts in refusal.fields.values() for words in texts]
