"""Staff have faces and number plates made unreadable. This is final: the sharp picture is deleted.

The worker does it. Until then nobody sees the photo.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from owed.nudging import nudge
from reports.models import Photo, ReportWord
from web.errors import PortalError


class NothingToBlur(PortalError):
    """The photo has no such area, or somebody blurred it a moment ago."""

    code = "nothing_to_blur"
    status = 409
    detail = _("Nie ma czego zamazać. Zaznacz miejsca na liście pod zdjęciem.")


class PhotoChanged(PortalError):
    """Somebody blurred the photo after the page was loaded: the numbers now mean other places."""

    code = "photo_changed"
    status = 409
    detail = _("Ktoś zmienił to zdjęcie przed chwilą. Odśwież stronę i sprawdź je jeszcze raz.")


@transaction.atomic
def blur_photo(photo: Photo, numbers: Sequence[int], *, seen: str, by: User) -> None:
    """Have the worker blur the proposed areas with the indexes ``numbers``; the other proposals
    stay.

    ``seen``: the value of ``photo.look`` on the page that showed them. Raises ``NothingToBlur`` and
    ``PhotoChanged``.
    """
    ready = Photo.objects.select_for_update().filter(pk=photo.pk, state=Photo.State.READY)
    current = ready.first()
    if current is None:
        raise PhotoChanged
    check_unchanged(current, seen)
    areas = current.areas or []
    chosen = [areas[number] for number in numbers if 0 <= number < len(areas)]
    if not chosen:
        raise NothingToBlur
    current.areas = [area for area in areas if area not in chosen]
    current.to_blur, current.state, current.attempts = chosen, Photo.State.BLURRING, 0
    current.refusal = ""
    current.save(update_fields=["areas", "to_blur", "state", "attempts", "refusal"])
    record(
        actor=by,
        action=ReportWord.PHOTO_BLURRED,
        target=current.report or current,
        photo=str(current.pk),
        areas=len(chosen),
    )
    nudge("reports.process_photos")


def check_unchanged(photo: Photo, seen: str) -> None:
    """Raise ``PhotoChanged`` unless the page showed the photo as it is now."""
    if photo.look != seen:
        raise PhotoChanged
