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
CHUNK = 200


@transaction.atomic
def forget(address: str) -> None:
    """Cancel what is queued for ``address`` and blank what was sent to it, letter case ignored."""
    cancel_for(address)
    try:
        wanted = bare(address).lower()
    except UnsendableAddress:
        return
    text = Lower(Cast("recipients", models.TextField()))
    sent = Letter.objects.exclude(state=Letter.State.QUEUED).alias(addressed=text)
    sent.filter(addressed__contains=json.dumps(wanted)).update(**BLANK)


@transaction.atomic
def forget_about(key_prefixes: Sequence[str]) -> None:
    """Blank the letters whose keys begin so; what is still queued is sent first, then blanked."""
    for begin in range(0, len(key_prefixes), CHUNK):
        about = models.Q()
        for prefix in key_prefixes[begin : begin + CHUNK]:
            about |= models.Q(key__startswith=prefix)
        Letter.objects.filter(about, state=Letter.State.QUEUED).update(is_forgotten=True)
        Letter.objects.filter(about).exclude(state=Letter.State.QUEUED).update(**BLANK)
