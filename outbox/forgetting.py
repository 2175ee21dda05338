"""Letters of somebody who left."""

import json
from collections.abc import Sequence

from django.db import models, transaction
from django.db.models.functions import Cast, Lower

from .addresses import bare
from .cancelling import cancel_for
from .errors import UnsendableAddress
from .models import Letter
from .outcomes import BLANK

# Keys asked for in one statement.
_CHUNK = 200


@transaction.atomic
def forget(address: str) -> None:
    """Cancel what is queued for ``address`` and blank what was sent to it, letter case ignored."""
    cancel_for(address)
    forget_sent(address)


@transaction.atomic
def forget_sent(address: str) -> None:
    """Blank what was sent to ``address``; what is queued leaves first, then is blanked too."""
    letters = kept_for(address)
    letters.filter(state=Letter.State.QUEUED).update(is_forgotten=True)
    letters.exclude(state=Letter.State.QUEUED).update(**BLANK)


def kept_for(address: str) -> models.QuerySet[Letter]:
    """Letters that still name ``address`` as a recipient, the oldest first."""
    try:
        wanted = bare(address).lower()
    except UnsendableAddress:
        return Letter.objects.none()
    text = Lower(Cast("recipients", models.TextField()))
    addressed = Letter.objects.alias(addressed=text)
    return addressed.filter(addressed__contains=json.dumps(wanted)).order_by("pk")


@transaction.atomic
def forget_about(key_prefixes: Sequence[str]) -> None:
    """Blank the letters whose keys begin so; what is still queued is sent first, then blanked."""
    for begin in range(0, len(key_prefixes), _CHUNK):
        about = models.Q()
        for prefix in key_prefixes[begin : begin + _CHUNK]:
            about |= models.Q(key__startswith=prefix)
        Letter.objects.filter(about, state=Letter.State.QUEUED).update(is_forgotten=True)
        Letter.objects.filter(about).exclude(state=Letter.State.QUEUED).update(**BLANK)
