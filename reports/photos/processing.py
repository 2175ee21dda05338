"""Claims waiting photos with a lease, re-encodes them and records the outcome."""

from datetime import datetime, timedelta
from typing import BinaryIO, cast

import structlog
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from reports.models import Photo

from .encoding import decode, encode
from .errors import PhotoDamaged, PhotoRefused

# A file that has killed its worker this many times is not tried again.
MOST_ATTEMPTS = 3

_log = structlog.get_logger(__name__)


def process_due() -> int:
    """Re-encode all waiting photos; returns how many were tried. Many calls may run at once."""
    tried = 0
    while photo := claim(timezone.now()):
        process(photo)
        tried += 1
    return tried


def claim(now: datetime) -> Photo | None:
    """One waiting photo, leased to the caller; None if there is none. The claim is an attempt."""
    due = Photo.objects.waiting().unleased(now).order_by("uploaded_at")
    return next(iter(due.claim(now, most=1, counts_attempt=True)), None)


def process(photo: Photo) -> None:
    """Make both sizes outside any transaction, then delete the original. If the machine lacks
    memory or its disk fails for a moment, the photo only has to wait.
    """
    try:
        _make(photo)
    except (OSError, MemoryError) as lack:
        _log.warning("photo_put_off", photo=str(photo.pk), fault=type(lack).__name__)
        # Only for a day, because a file that needs too much each time must not return for ever.
        young = timezone.now() - timedelta(days=1)
        still_young = Photo.objects.filter(uploaded_at__gt=young)
        still_young.still_leased([photo]).update(attempts=F("attempts") - 1)


def _make(photo: Photo) -> None:
    try:
        if photo.attempts > MOST_ATTEMPTS:
            raise PhotoDamaged
        with photo.original.open("rb") as file:
            picture = decode(cast("BinaryIO", file))
    except FileNotFoundError:
        _refuse(photo, _("Plik zdjęcia zaginął. Dodaj je jeszcze raz."))
    except PhotoRefused as refusal:
        _refuse(photo, str(refusal.detail))
    else:
        keep(photo, picture)


def keep(photo: Photo, picture: Image.Image) -> None:
    """Store the files first and the row last, so that after a kill in between the photo still
    waits.
    """
    # Imported here, because OpenCV takes time and memory. Web processes import this module too, but
    # only the worker needs OpenCV.
    from .detecting import find_areas

    made = names(photo, photo.attempts)
    for name, content in zip(made, encode(picture), strict=True):
        photo.large.storage.save(name, content)
    known = {"width": picture.width, "height": picture.height, "areas": find_areas(picture)}
    if _end(photo, Photo.State.READY, large=made[0], small=made[1], **known):
        earlier = [name for attempt in range(1, photo.attempts) for name in names(photo, attempt)]
        _delete(photo, *earlier)
    else:
        _delete(photo, *made)


def names(photo: Photo, attempt: int) -> list[str]:
    """The names of the large and the small file. Every attempt writes its own files, so that none
    touches those of another.
    """
    key = photo.id.hex
    return [f"{size}/{key[:2]}/{key}-{attempt}.webp" for size in ("large", "small")]


def _refuse(photo: Photo, reason: str) -> None:
    if _end(photo, Photo.State.REFUSED, refusal=reason[:200]):
        _log.info("photo_refused", photo=str(photo.pk))


def _end(photo: Photo, state: str, **values: object) -> bool:
    """Record the outcome and delete the original; False, and nothing done, if the lease is lost."""
    ours = Photo.objects.waiting().still_leased([photo])
    if not ours.update(state=state, leased_until=None, original="", **values):
        _log.warning("photo_lease_lost", photo=str(photo.pk))
        return False
    _delete(photo, photo.original.name)
    return True


def _delete(photo: Photo, *files: str | None) -> None:
    for name in files:
        if name:
            photo.original.storage.delete(name)
