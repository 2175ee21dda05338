"""Erasing the letters of somebody who left, or about something that was erased."""

from collections.abc import Sequence

from django.db import models, transaction

from .addresses import envelope_address
from .cancelling import cancel_letters_to
from .errors import UnsendableAddress
from .models import BLANK, Letter

# How many keys one statement asks for.
_CHUNK = 200


@transaction.atomic
def cancel_and_forget_letters_to(address: str) -> None:
    """Cancel what is queued for ``address`` and blank what was sent to it, letter case ignored."""
    cancel_letters_to(address)
    forget_letters_to(address)


@transaction.atomic
def forget_letters_to(address: str) -> None:
    """Blank what was sent to ``address``; what is queued is sent first, then blanked too."""
    _forget(letters_to(address))


def letters_to(address: str) -> models.QuerySet[Letter]:
    """Letters that still name ``address`` as a recipient, letter case ignored, oldest first."""
    try:
        wanted = envelope_address(address)
    except UnsendableAddress:
        return Letter.objects.none()
    return Letter.objects.addressed_to(wanted).order_by("pk")


@transaction.atomic
def forget_letters_about(key_prefixes: Sequence[str]) -> None:
    """Blank the letters whose keys begin so; what is queued is sent first, then blanked too."""
    for start in range(0, len(key_prefixes), _CHUNK):
        about = models.Q()
        for prefix in key_prefixes[start : start + _CHUNK]:
            about |= models.Q(key__startswith=prefix)
        _forget(Letter.objects.filter(about))


def _forget(letters: models.QuerySet[Letter]) -> None:
    letters.filter(state=Letter.State.QUEUED).update(is_forgotten=True)
    letters.exclude(state=Letter.State.QUEUED).update(**BLANK)
