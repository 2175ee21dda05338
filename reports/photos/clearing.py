"""Staff decide whether the public may see a photo."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from reports.models import Photo, ReportWord
from web.errors import PortalError

from .blurring import check_unchanged


class PhotoNotReady(PortalError):
    """Nobody can clear a photo that the worker has not re-encoded, because nobody has seen it."""

    code = "photo_not_ready"
    status = 409
    detail = _("To zdjęcie nie jest jeszcze gotowe. Obejrzyj je, zanim je pokażesz.")


@transaction.atomic
def clear_photo(photo: Photo, *, seen: str, by: User, is_public: bool) -> None:
    """Show ``photo`` to everybody, or to staff only. ``seen``: the value of ``photo.look`` on the
    page that showed it. Raises ``PhotoNotReady`` and ``PhotoChanged``.
    """
    ready = Photo.objects.select_for_update().filter(pk=photo.pk, state=Photo.State.READY)
    current = ready.first()
    if current is None:
        raise PhotoNotReady
    check_unchanged(current, seen)
    ready.update(is_public=is_public)
    record(
        actor=by,
        action=ReportWord.PHOTO_CLEARED,
        target=photo.report or photo,
        photo=str(photo.pk),
        public=is_public,
    )
