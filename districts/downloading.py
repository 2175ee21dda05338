"""Downloads of editions and of what moves between two, for the public pages and the boundaries'
room.
"""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from districts.editions.change_sheet import draw_up_sheet
from districts.editions.exporting import FORMATS, table_of, table_of_changes
from districts.models import Edition

from .printing import print_sheet

_PRINTED = "pdf"


def download_edition(edition: Edition, suffix: str) -> HttpResponse:
    """The file of ``edition`` in the format ``suffix``; ``Http404`` if there is none such."""
    if suffix not in FORMATS:
        raise Http404
    found = FORMATS[suffix]
    return _as_file(found.write(table_of(edition)), found.media, f"{edition.code}.{suffix}")


def download_changes(before: Edition | None, after: Edition, suffix: str) -> HttpResponse:
    """The same of what changes from ``before`` to ``after``, or the change sheet on paper."""
    if before is None:
        raise Http404
    name = f"{_('zmiany')}-{before.code}-{after.code}.{suffix}"
    if suffix == _PRINTED:
        return _as_file(print_sheet(before, after), "application/pdf", name)
    if suffix not in FORMATS:
        raise Http404
    found = FORMATS[suffix]
    table = table_of_changes(before, after, draw_up_sheet(before, after))
    return _as_file(found.write(table), found.media, name)


def files_of_edition(address: Callable[[str], str]) -> list[tuple[str, str]]:
    """Name and address of each file of an edition; ``address`` makes one from a suffix."""
    return [(str(row.name), address(row.suffix)) for row in FORMATS.values()]


def files_of_changes(address: Callable[[str], str]) -> list[tuple[str, str]]:
    """The same of what changes; the one to print comes first."""
    return [(_("PDF do druku"), address(_PRINTED)), *files_of_edition(address)]


def _as_file(content: bytes, media: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
