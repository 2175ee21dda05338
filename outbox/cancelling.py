"""Letters that must not leave any more."""

import json

from django.db import models, transaction
from django.db.models.functions import Cast, Lower
from django.utils import timezone

from .addresses import bare
from .errors import UnsendableAddress
from .models import Letter
from .outcomes import BLANK


@transaction.atomic
def cancel_for(address: str, *, key_prefix: str = "") -> int:
    """Cancel queued letters to ``address`` whose key begins with ``key_prefix``; returns how many.

    Letter case is ignored. Their content goes with the act: it is nobody's any more. A letter to
    several people loses this recipient only. A letter that the mail server is taking at this very
    moment may still arrive.
    """
    try:
        wanted = bare(address).lower()
    except UnsendableAddress:
        return 0
    letters = list(_queued_for(wanted, key_prefix).select_for_update())
    for letter in letters:
        letter.recipients = [one for one in letter.recipients if one.lower() != wanted]
        if letter.recipients:
            letter.save(update_fields=["recipients"])
    gone = Letter.objects.filter(pk__in=[one.pk for one in letters if not one.recipients])
    gone.update(
        state=Letter.State.CANCELLED,
        ended_at=timezone.now(),
        leased_until=None,
        **BLANK,
    )
    return len(letters)


def _queued_for(address: str, key_prefix: str) -> models.QuerySet[Letter]:
    """Queued letters with ``address`` (lower case) among their recipients."""
    queued = Letter.objects.filter(state=Letter.State.QUEUED, key__startswith=key_prefix)
    text = Lower(Cast("recipients", models.TextField()))
    return queued.alias(addressed=text).filter(addressed__contains=json.dumps(address))


def cancel_about(key_prefix: str) -> int:
    """Cancel queued letters whose key begins so, whomever they are to; returns how many."""
    queued = Letter.objects.filter(state=Letter.State.QUEUED, key__startswith=key_prefix)
    return queued.update(
        state=Letter.State.CANCELLED, ended_at=timezone.now(), leased_until=None, **BLANK
    )
