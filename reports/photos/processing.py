"""Photos that wait are claimed with a lease, re-encoded, and the outcome is recorded."""

from datetime import datetime, timedelta
from typing import BinaryIO, cast

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.models import Photo

from .encoding import encoded
from .errors import PhotoDamaged, PhotoRefused

# A file that ended its worker this often is not tried again.
MOST_ATTEMPTS = 3

log = structlog.get_logger(__name__)


def process_due() -> int:
    """Re-encode all photos that wait; returns how many. Safe to run many times at once."""
    tried = 0
    while photo := claim(timezone.now()):
        process(photo)
        tried += 1
    return tried


@transaction.atomic
def claim(now: datetime) -> Photo | None:
    """One waiting photo, leased to the caller for ``LEASE_SECONDS``; None if there is none."""
    waiting = Photo.objects.waiting(now).order_by("uploaded_at").select_for_update(skip_locked=True)
    photo = waiting.first()
    if photo:
        photo.leased_until = now + timedelta(seconds=settings.LEASE_SECONDS)
        photo.attempts += 1
        photo.save(update_fields=["leased_until", "attempts"])
    return photo


def process(photo: Photo) -> None:
    """Make both sizes outside any transaction, then let go of the original for good."""
    try:
        if photo.attempts > MOST_ATTEMPTS:
            raise PhotoDamaged
        with photo.original.open("rb") as file:
            large, small, size = encoded(cast("BinaryIO", file))
    except FileNotFoundError:
        refuse(photo, _("Plik zdjęcia zaginął. Dodaj je jeszcze raz."))
    except PhotoRefused as refusal:
        refuse(photo, str(refusal.detail))
    else:
        keep(photo, large, small, size)


def keep(photo: Photo, large, small, size: tuple[int, int]) -> None:
    """Files first, the row last: a kill in between leaves a photo that still waits."""
    name = f"{photo.id.hex[:2]}/{photo.id.hex}"
    photo.large.name = stored(photo.large.storage, f"large/{name}.webp", large)
    photo.small.name = stored(photo.small.storage, f"small/{name}.webp", small)
    photo.width, photo.height = size
    end(photo, Photo.State.READY)


def stored(storage, name: str, content) -> str:
    """Write under exactly ``name``; what an earlier, killed attempt left there is replaced."""
    storage.delete(name)
    return storage.save(name, content)


def refuse(photo: Photo, reason: str) -> None:
    photo.refusal = reason[:200]
    end(photo, Photo.State.REFUSED)
    log.info("photo_refused", photo=str(photo.pk))


def end(photo: Photo, state: str) -> None:
    original = photo.original.name
    photo.state, photo.leased_until, photo.original.name = state, None, ""
    # Not ``report``: it may have been sent meanwhile.
    fields = ["state", "leased_until", "original", "large", "small", "width", "height", "refusal"]
    photo.save(update_fields=fields)
    photo.original.storage.delete(original or "")
