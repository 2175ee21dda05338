"""The change sheet on paper: a tagged PDF with maps and tables, for the council."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from districts.editions.change_sheet import draw_up_sheet
from districts.editions.exporting import checksum
from districts.editions.keeping import keep
from districts.editions.periods import periods_of
from districts.models import Edition
from web.printing import write_pdf

from .paper_maps import draw_move, draw_overview

_STYLE = Path(__file__).with_name("change_sheet.css")
# More maps than these, the largest pieces first, and more rows would take too long to print; the
# files hold all.
MOST_MAPS, MOST_ROWS = 12, 200


def print_sheet(before: Edition, after: Edition) -> bytes:
    """The PDF of what changes from ``before`` to ``after``; in Polish, as the council decides in
    it. That of two approved editions is made once a day.
    """
    periods = [one for one in periods_of(after.layer.pk) if one.edition == after]
    starts = ".".join(f"{one.start:%Y%m%d%H%M}" for one in periods)
    name = f"pdf.{starts}.{timezone.localdate():%Y%m%d}"
    return keep(name, [before, after], lambda: _print(before, after, periods))


def _print(before: Edition, after: Edition, periods: list) -> bytes:
    sheet = draw_up_sheet(before, after)
    with override("pl"):
        html = render_to_string(
            "districts/change_sheet.html",
            {
                "before": before,
                "edition": after,
                "periods": periods,
                "sheet": sheet,
                "rows": sheet.moves[:MOST_ROWS],
                "overview": draw_overview(after, sheet.moves),
                "maps": [
                    (move, draw_move(before, after, move)) for move in sheet.moves[:MOST_MAPS]
                ],
                "checksum": checksum(after) if after.approved_at else "",
                "printed_at": timezone.now(),
            },
        )
    return write_pdf(html, _STYLE)
