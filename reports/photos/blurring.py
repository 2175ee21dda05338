"""Staff make faces and number plates unreadable. This is final: the sharp picture is deleted."""

from collections.abc import Sequence
from typing import BinaryIO, cast
from uuid import uuid4

from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image
from PIL.Image import Resampling

from accounts.audit import record
from accounts.models import User
from reports.models import Photo, ReportWord
from web.errors import PortalError

from .encoding import as_webp, small_copy
from .files import delete_later
from .formats import open_photo

# An area is reduced to a grid of this many squares a side: too few to recognise a face or to read a
# plate.
_SQUARES = 6
# An area is enlarged by this fraction on every side, because detectors often cut off the chin or
# the frame of the plate.
_MARGIN = 0.15


class NothingToBlur(PortalError):
    """The photo has no such area, or somebody blurred it a moment ago."""

    code = "nothing_to_blur"
    status = 409
    detail = _("Nie ma tu czego zamazać. Zaznacz miejsca na zdjęciu.")


class PhotoChanged(PortalError):
    """Somebody blurred the photo after the page was loaded: the numbers now mean other places."""

    code = "photo_changed"
    status = 409
    detail = _("Ktoś zmienił to zdjęcie przed chwilą. Odśwież stronę i sprawdź je jeszcze raz.")


@transaction.atomic
def blur_photo(photo: Photo, numbers: Sequence[int], *, seen: str, by: User) -> None:
    """Blur the proposed areas with the indexes ``numbers``; the other proposals stay.

    ``seen``: the value of ``photo.look`` on the page that showed them. Raises ``NothingToBlur`` and
    ``PhotoChanged``.
    """
    ready = Photo.objects.select_for_update().filter(pk=photo.pk, state=Photo.State.READY)
    photo = ready.get() if ready.exists() else photo
    check_unchanged(photo, seen)
    areas = photo.areas or []
    chosen = [areas[number] for number in numbers if 0 <= number < len(areas)]
    if not chosen:
        raise NothingToBlur
    _write_blurred_files(photo, [area["box"] for area in chosen])
    photo.areas = [area for area in areas if area not in chosen]
    photo.save(update_fields=["large", "small", "areas"])
    record(
        actor=by,
        action=ReportWord.PHOTO_BLURRED,
        target=photo.report or photo,
        photo=str(photo.pk),
        areas=len(chosen),
    )


def check_unchanged(photo: Photo, seen: str) -> None:
    """Raise ``PhotoChanged`` unless the page showed the photo as it is now."""
    if photo.look != seen:
        raise PhotoChanged


def _write_blurred_files(photo: Photo, boxes: Sequence[Sequence[int]]) -> None:
    """Write new files under new names. The old files are deleted once the row is committed."""
    storage = storages["photos"]
    old = [photo.large.name, photo.small.name]
    try:
        with photo.large.open("rb") as file:
            picture = open_photo(cast("BinaryIO", file)).convert("RGB")
    except FileNotFoundError as missing:
        raise NothingToBlur(str(_("Plik tego zdjęcia zaginął."))) from missing
    for box in boxes:
        _blur_box(picture, box)
    mark = uuid4().hex[:8]
    for name, content in (("large", picture), ("small", small_copy(picture))):
        path = f"{name}/{photo.pk.hex[:2]}/{photo.pk.hex}-{mark}.webp"
        setattr(photo, name, storage.save(path, as_webp(content)))
    delete_later(old)


def _blur_box(picture: Image.Image, box: Sequence[int]) -> None:
    left, top, width, height = box
    edges = (
        max(0, int(left - width * _MARGIN)),
        max(0, int(top - height * _MARGIN)),
        min(picture.width, int(left + width * (1 + _MARGIN)) + 1),
        min(picture.height, int(top + height * (1 + _MARGIN)) + 1),
    )
    part = picture.crop(edges)
    # Each square gets its average colour. A smooth blur could be undone by calculation; this
    # cannot.
    coarse = part.resize((_SQUARES, _SQUARES), Resampling.BOX)
    picture.paste(coarse.resize(part.size, Resampling.NEAREST), edges[:2])
