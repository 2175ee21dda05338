"""The annex in words: Markdown of the routing table, the same for the same table."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from .reading import Annex, CategoryLines, Line, Scope, read_annex


def annex_text() -> str:
    """In Polish, in which it binds; tables of category, place, unit and mode."""
    with override("pl"):
        return "\n\n".join(_sections(read_annex())) + "\n"


def _sections(annex: Annex) -> Iterable[str]:
    if annex.is_proposal:
        yield "*" + _("To propozycja przygotowana na potrzeby pokazu.") + "*"
    yield _("Gdy pasuje kilka wierszy, wygrywa najdokładniejszy: osiedle, dzielnica, całe miasto.")
    for group, categories in annex.groups.items():
        yield f"## {group}"
        yield _table(categories)
    yield "## " + _("Wszystko inne")
    for line in annex.rest:
        sentence = _("Sprawę, której nie obejmuje żaden wiersz, rozpatruje: %(unit)s.")
        yield sentence % {"unit": line.unit.name}


def _table(categories: Iterable[CategoryLines]) -> str:
    head = [_("Sprawa"), _("Gdzie"), _("Kto się zajmuje"), _("Jak trafia")]
    rows = [
        [entry.category.name, _places(line), line.unit.name, line.mode_text]
        for entry in categories
        for line in entry.lines
    ]
    return "\n".join(_row(cells) for cells in [head, ["---"] * len(head), *rows])


def _row(cells: Iterable[str]) -> str:
    # A bar within a name would begin another cell.
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _places(line: Line) -> str:
    if line.scope == Scope.CITY:
        return _("całe miasto")
    word = _("osiedla") if line.scope == Scope.DISTRICT else _("dzielnice")
    return f"{word}: {', '.join(line.places)}"
