"""Staff decide whether the public may see a photo."""

from django.db import transaction

from accounts.audit import record
from reports.models import Photo


@transaction.atomic
def clear_photo(photo: Photo, *, by, is_public: bool) -> None:
    """Show ``photo`` to everybody, or to staff only."""
    Photo.objects.filter(pk=photo.pk).update(is_public=is_public)
    record(
        actor=by,
        action="photo_cleared",
        target=photo.report or photo,
        photo=str(photo.pk),
        public=is_public,
    )
