"""The annex as Markdown; the same routing table always gives the same text."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.models import RoutingRule

from .reading import Annex, CategoryLines, DecisionLine, annex_in_force

_Scope = RoutingRule.Scope


def annex_text(language: str = "pl") -> str:
    """Tables of category, place, unit and mode; in Polish, the language that is binding, or in
    another one for convenience.
    """
    with override(language):
        return "\n\n".join(_sections(annex_in_force())) + "\n"


def _sections(annex: Annex) -> Iterable[str]:
    if annex.is_proposal:
        yield "*" + _("To propozycja przygotowana na potrzeby pokazu.") + "*"
    yield _("Gdy pasuje kilka wierszy, wygrywa najdokładniejszy: osiedle, dzielnica, całe miasto.")
    if annex.names_regions:
        yield _("Rejon, który wyznaczono dla jednostki, jest dokładniejszy niż osiedle.")
    for group, categories in annex.groups.items():
        yield f"## {group}"
        yield _table_of(categories)
    yield "## " + _("Wszystko inne")
    for line in annex.rest:
        sentence = _("Sprawę, której nie obejmuje żaden wiersz, rozpatruje: %(unit)s.")
        yield sentence % {"unit": line.unit.name}


def _table_of(categories: Iterable[CategoryLines]) -> str:
    head = [_("Sprawa"), _("Gdzie"), _("Kto się zajmuje"), _("Jak trafia")]
    rows = [
        [entry.category.name, _places_in_words(line), line.unit.name, line.mode_text]
        for entry in categories
        for line in entry.lines
    ]
    # A bar within a name would begin another cell.
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
        for cells in [head, ["---"] * len(head), *rows]
    )


def _places_in_words(line: DecisionLine) -> str:
    if line.scope == _Scope.CITY:
        return _("całe miasto")
    if line.layer is not None:
        word = _("rejony (%(layer)s)") % {"layer": line.layer.name}
    else:
        word = _("osiedla") if line.scope == _Scope.DISTRICT else _("dzielnice")
    return f"{word}: {', '.join(line.places)}"
