"""Claims photos that are owed with a lease, has a child re-encode or blur them, and records the
outcome.
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from django.conf import settings
from django.core.files.base import File
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from owed.children import ChildDied
from owed.nudging import send_nudge
from pictures.child import Result, run_job
from pictures.errors import PhotoGivenUp, PhotoRefused
from reports.models import Photo

# A file that has ended its child or its worker this many times is not tried again.
MOST_ATTEMPTS = 2
# Seconds after which a task begins no further photo. Another task goes on, so that none comes near
# its time limit.
LONGEST_TURN = 120

_log = structlog.get_logger(__name__)


def process_due() -> int:
    """Do the work that photos wait for; returns how many were tried. Many calls may run at once."""
    tried, end = 0, time.monotonic() + LONGEST_TURN
    while photo := claim(timezone.now()):
        process(photo)
        tried += 1
        if time.monotonic() > end:
            send_nudge("reports.process_photos")
            break
    return tried


def claim(now: datetime) -> Photo | None:
    """One owed photo, leased to the caller; None if there is none. The claim is an attempt."""
    due = Photo.objects.owed().unleased(now).order_by("uploaded_at")
    return next(iter(due.claim(now, most=1, counts_attempt=True)), None)


def process(photo: Photo) -> None:
    """Re-encode or blur ``photo`` outside any transaction. If its child dies, it is tried once more
    when the lease ends. If the machine lacks memory or its disk fails for a moment, the photo only
    has to wait.
    """
    work = _blur if photo.state == Photo.State.BLURRING else _develop
    try:
        if photo.attempts > MOST_ATTEMPTS:
            raise PhotoGivenUp
        work(photo)
    except ChildDied as death:
        _log.warning("photo_child_died", photo=str(photo.pk), how=death.how)
        if photo.attempts >= MOST_ATTEMPTS:
            _refuse(photo, str(PhotoGivenUp.detail))
    except PhotoRefused as refusal:
        _refuse(photo, str(refusal.detail))
    except FileNotFoundError:
        _lose(photo)
    except (OSError, MemoryError) as lack:
        _log.warning("photo_put_off", photo=str(photo.pk), fault=type(lack).__name__)
        # Only for a day, because a file that needs too much each time must not return for ever.
        young = timezone.now() - timedelta(days=1)
        still_young = Photo.objects.filter(uploaded_at__gt=young)
        still_young.still_leased([photo]).update(attempts=F("attempts") - 1)


def names(photo: Photo, attempt: int | str) -> list[str]:
    """The names of the large and the small file. Every attempt writes its own files, so that none
    touches those of another.
    """
    key = photo.id.hex
    return [f"{size}/{key[:2]}/{key}-{attempt}.webp" for size in ("large", "small")]


def _develop(photo: Photo) -> None:
    with photo.original.open("rb") as source:
        most = settings.MAX_PHOTO_PIXELS
        result = run_job("develop", source, makes=2, while_waiting=_renew(photo), most_pixels=most)
    keep(photo, result)


def keep(photo: Photo, result: Result) -> None:
    """Store the files first and the row last, so that after a kill in between the photo still
    waits.
    """
    made = names(photo, photo.attempts)
    found = {name: result.found[name] for name in ("width", "height", "areas")}
    earlier = [name for attempt in range(1, photo.attempts) for name in names(photo, attempt)]
    _keep(photo, result, made, found, [photo.original.name, *earlier])


def _blur(photo: Photo) -> None:
    boxes = [area["box"] for area in photo.to_blur]
    with photo.large.open("rb") as source:
        result = run_job("blur", source, makes=2, while_waiting=_renew(photo), boxes=boxes)
    # Blurred files have names of their own: the attempts are counted anew for each blurring.
    made = names(photo, uuid4().hex[:8])
    _keep(photo, result, made, {"to_blur": []}, [photo.large.name, photo.small.name])


def _renew(photo: Photo) -> Callable[[], object]:
    """What extends the lease on ``photo`` while its child works."""
    return lambda: Photo.objects.owed().renew(photo)


def _keep(
    photo: Photo,
    result: Result,
    made: list[str],
    found: dict[str, object],
    old: Iterable[str | None],
) -> None:
    """Store the files of ``result`` under the names ``made``, and delete the files ``old``."""
    for name, content in zip(made, result.files, strict=True):
        photo.large.storage.save(name, File(content))
    values = {"large": made[0], "small": made[1], "original": "", "refusal": "", **found}
    is_ours = _end(photo, Photo.State.READY, **values)
    _log.info("photo_done", photo=str(photo.pk), megabytes=result.megabytes)
    _delete(photo, old if is_ours else made)


def _refuse(photo: Photo, reason: str) -> None:
    """Refuse a new photo. One that was to be blurred stays, sharp, for staff only."""
    if photo.state == Photo.State.BLURRING:
        areas = [*(photo.areas or []), *photo.to_blur]
        is_ours = _end(
            photo,
            Photo.State.READY,
            is_public=False,
            areas=areas,
            to_blur=[],
            refusal=_("Nie udało się zamazać tego zdjęcia. Nie pokazujemy go publicznie."),
        )
    else:
        is_ours = _end(photo, Photo.State.REFUSED, refusal=reason[:200], original="")
        _delete(photo, [photo.original.name] if is_ours else [])
    if is_ours:
        _log.info("photo_refused", photo=str(photo.pk))


def _lose(photo: Photo) -> None:
    """Record that the file is gone, as after a restore without the photos."""
    _end(
        photo,
        Photo.State.REFUSED,
        refusal=_("Plik zdjęcia zaginął. Dodaj je jeszcze raz."),
        original="",
        to_blur=[],
    )


def _end(photo: Photo, state: str, **values: object) -> bool:
    """Record the outcome; False, and nothing done, if the lease is lost."""
    ours = Photo.objects.owed().still_leased([photo])
    if not ours.update(state=state, leased_until=None, **values):
        _log.warning("photo_lease_lost", photo=str(photo.pk))
        return False
    return True


def _delete(photo: Photo, files: Iterable[str | None]) -> None:
    for name in files:
        if name:
            photo.original.storage.delete(name)
