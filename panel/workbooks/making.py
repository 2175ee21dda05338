"""The worker makes the workbooks that are owed, one after the other.

A file is written beside its place and moved there as a whole. Its name is that of its row, so a
worker that goes on after one that was killed leaves one file, too.
"""

from array import array
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path
from secrets import token_hex

import structlog
from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from panel.queue.exporting import Labels, batches, cells_of, headings, select_keys
from panel.queue.rooms import Desk, Room, desk_of
from panel.queue.selection import read_selection
from web.errors import PortalError
from web.spreadsheets import MOST_ROWS, write_xlsx

from .models import Workbook, private_storage

# A workbook that kills its worker so often is given up.
_MOST_ATTEMPTS = 3
# After this long a file that no row names belongs to nobody who is still at work.
_LEFT = timedelta(hours=1)

_log = structlog.get_logger(__name__)


class NoAccess(PortalError):
    code = "no_access"
    status = 403
    detail = gettext_lazy("Nie masz już dostępu do tej listy.")


class TooManyRows(PortalError):
    code = "too_many_rows"
    status = 422
    detail = gettext_lazy(
        "W arkuszu XLSX mieści się 1 048 575 zgłoszeń, a na liście jest ich więcej."
        " Wybierz więcej filtrów albo pobierz CSV."
    )


class _LeaseLostError(Exception):
    """Somebody else makes it now."""


def make_due() -> int:
    """Make all that is owed; returns how many came to their end."""
    count = 0
    while True:
        now = timezone.now()
        claimed = Workbook.objects.owed().unleased(now).claim(now, most=1, counts_attempt=True)
        if not claimed:
            return count
        try:
            _make(claimed[0])
        except _LeaseLostError:
            continue
        count += 1


def _make(workbook: Workbook) -> None:
    with override(workbook.language):
        if workbook.attempts > _MOST_ATTEMPTS:
            _end(workbook, Workbook.State.REFUSED, reason=_("Nie udało się. Spróbuj jeszcze raz."))
            return
        try:
            desk, keys = _select(workbook)
        except PortalError as refusal:
            _end(workbook, Workbook.State.REFUSED, reason=str(refusal.detail))
            return
        folder = Path(settings.WORKBOOK_DIR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{workbook.pk.hex}.xlsx"
        part = folder / f"{name}.{token_hex(4)}"
        try:
            rows = write_xlsx(part, headings(), _rows(workbook, desk, keys))
            part.chmod(0o600)
            # The last rows stand in the file only when it is closed, which takes its time.
            _renew(workbook)
            with transaction.atomic():
                _end(workbook, Workbook.State.READY, rows=rows, file=name)
                workbook.units.set(desk.units)
                part.replace(folder / name)
        finally:
            part.unlink(missing_ok=True)
        _log.info("workbook_made", rows=rows)


def _select(workbook: Workbook) -> tuple[Desk, array]:
    """With the rights of this moment. Raises ``PortalError``."""
    room = Room(workbook.room)
    if not room.includes(workbook.by):
        raise NoAccess
    desk = desk_of(workbook.by, room)
    keys = select_keys(desk, read_selection(QueryDict(workbook.query), room.scopes))
    if len(keys) > MOST_ROWS:
        raise TooManyRows
    return desk, keys


def _rows(workbook: Workbook, desk: Desk, keys: array) -> Iterator[list[object]]:
    labels = Labels()
    for rows in batches(desk, keys):
        _renew(workbook)
        for row in rows:
            yield cells_of(row, labels)


def _renew(workbook: Workbook) -> None:
    if not Workbook.objects.renew(workbook):
        raise _LeaseLostError


def _end(workbook: Workbook, state: Workbook.State, **changes: object) -> None:
    expires_at = timezone.now() + timedelta(hours=settings.WORKBOOK_HOURS)
    held = Workbook.objects.owed().still_leased([workbook])
    if not held.update(state=state, expires_at=expires_at, leased_until=None, **changes):
        raise _LeaseLostError


def erase_workbooks() -> int:
    """Erase what is past its time, and files that no row names; returns how many rows."""
    now = timezone.now()
    gone, _rows = Workbook.objects.filter(expires_at__lt=now).unleased(now).delete()
    storage = private_storage()
    if storage.exists(""):
        known = set(Workbook.objects.values_list("file", flat=True))
        for name in storage.listdir("")[1]:
            is_left = storage.get_modified_time(name).astimezone(UTC) < now - _LEFT
            if name not in known and is_left:
                storage.delete(name)
    return gone
