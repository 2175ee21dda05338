"""Somebody chooses what of a file becomes the draft, and owes the worker the rest."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from districts.models import EditionUpload
from owed.nudging import nudge
from web.errors import PortalError

from .loading import Choice

State = EditionUpload.State


class NothingToChoose(PortalError):
    code = "nothing_to_choose"
    status = 409
    detail = _("Ten plik nie czeka już na wybór.")


@transaction.atomic
def choose(upload: EditionUpload, choice: Choice, *, revision: int) -> EditionUpload:
    """Have ``choice`` of ``upload`` loaded into its draft, if that still has ``revision`` then.
    Raises ``NothingToChoose``.
    """
    locked = EditionUpload.objects.select_for_update().get(pk=upload.pk)
    if locked.state != State.CHOOSING:
        raise NothingToChoose
    locked.chosen = asdict(choice) | {"revision": revision}
    locked.state, locked.percent, locked.problems, locked.attempts = State.LOADING, 0, [], 0
    locked.save(update_fields=["chosen", "state", "percent", "problems", "attempts"])
    nudge("districts.open_uploads")
    return locked
