"""The worker claims pictures of cards that wait, has a child re-encode them, keeps the outcome."""

import time
from datetime import datetime, timedelta

import structlog
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from owed.children import ChildDied
from owed.nudging import send_nudge
from pictures.errors import PhotoGivenUp, PhotoRefused

from .models import Picture
from .models.files import files_of_procedures
from .picture_files import keep_result, reencode

# A file that has ended its child or its worker this many times is not tried again.
MOST_ATTEMPTS = 2
# Seconds after which a task begins no further picture; another task goes on.
_LONGEST_TURN = 120
_log = structlog.get_logger(__name__)


def prepare_due() -> int:
    """Re-encode what waits; how many were tried. Many calls may run at once."""
    tried, end = 0, time.monotonic() + _LONGEST_TURN
    while picture := claim(timezone.now()):
        prepare(picture)
        tried += 1
        if time.monotonic() > end:
            send_nudge("procedures.prepare_pictures")
            break
    return tried


def claim(now: datetime) -> Picture | None:
    """One picture that waits, leased to the caller. The claim is an attempt."""
    due = Picture.objects.owed().unleased(now).order_by("uploaded_at")
    return next(iter(due.claim(now, most=1, counts_attempt=True)), None)


def prepare(picture: Picture) -> None:
    """Outside any transaction. If the child dies, the picture is tried once more when the lease
    ends; if the machine lacks something, it only has to wait.
    """
    try:
        if picture.attempts > MOST_ATTEMPTS:
            raise PhotoGivenUp
        with picture.original.open("rb") as source:
            result = reencode(
                source.file, while_waiting=lambda: Picture.objects.owed().renew(picture)
            )
    except ChildDied as death:
        _log.warning("picture_child_died", picture=picture.pk, how=death.how)
        if picture.attempts >= MOST_ATTEMPTS:
            _refuse(picture, str(PhotoGivenUp.detail))
    except PhotoRefused as refusal:
        _refuse(picture, str(refusal.detail))
    except FileNotFoundError:
        _refuse(picture, _("Plik ilustracji zaginął. Dodaj ją jeszcze raz."))
    except (OSError, MemoryError) as lack:
        _log.warning("picture_put_off", picture=picture.pk, fault=type(lack).__name__)
        # Only for a day, because a file that needs too much each time must not return for ever.
        young = Picture.objects.filter(uploaded_at__gt=timezone.now() - timedelta(days=1))
        young.still_leased([picture]).update(attempts=F("attempts") - 1)
    else:
        values = keep_result(result)
        if not _end(picture, **values):
            files_of_procedures().delete(str(values["file"]))


def _refuse(picture: Picture, reason: str) -> None:
    _end(picture, state=Picture.State.REFUSED, refusal=reason[:200])


def _end(picture: Picture, **values: object) -> bool:
    """Record the outcome and delete the original; False, and nothing done, if the lease is lost."""
    ours = Picture.objects.owed().still_leased([picture])
    if not ours.update(original="", leased_until=None, **values):
        _log.warning("picture_lease_lost", picture=picture.pk)
        return False
    files_of_procedures().delete(str(picture.original.name))
    return True
