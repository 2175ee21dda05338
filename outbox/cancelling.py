"""Letters that must not leave any more."""

from collections.abc import Collection
from typing import cast

from django.db import models, transaction
from django.db.models import F, Func, Value
from django.utils import timezone

from .addresses import envelope_address
from .errors import UnsendableAddress
from .models import BLANK, Letter


@transaction.atomic
def cancel_letters_to(address: str, *, key_prefix: str = "") -> int:
    """Cancel queued letters to ``address`` whose key begins with ``key_prefix``; returns how many.

    Letter case is ignored. The content of a cancelled letter is erased at once, because nobody
    needs it any more. A letter to several people loses this recipient only. A letter that the mail
    server is taking at this very moment may still arrive.
    """
    try:
        wanted = envelope_address(address).lower()
    except UnsendableAddress:
        return 0
    queued = Letter.objects.queued().filter(key__startswith=key_prefix)
    letters = list(queued.addressed_to(wanted).select_for_update())
    for letter in letters:
        letter.recipients = [one for one in letter.recipients if one.lower() != wanted]
        if letter.recipients:
            letter.save(update_fields=["recipients"])
    _cancel(Letter.objects.filter(pk__in=[one.pk for one in letters if not one.recipients]))
    return len(letters)


def cancel_letters_about(key_prefix: str) -> int:
    """Cancel queued letters whose key begins so, whomever they are to; returns how many."""
    return _cancel(Letter.objects.queued().filter(key__startswith=key_prefix))


def cancel_letters_about_any(key_prefixes: Collection[str]) -> int:
    """Cancel queued letters whose key begins with one of these, each two words that end with a
    colon; returns how many. One statement.
    """
    begin = Func(F("key"), Value("^[^:]*:[^:]*:"), function="substring")
    letters = Letter.objects.queued().alias(begin=begin).filter(begin__in=list(key_prefixes))
    return _cancel(cast("models.QuerySet[Letter]", letters))


def _cancel(letters: models.QuerySet[Letter]) -> int:
    return letters.update(
        state=Letter.State.CANCELLED, ended_at=timezone.now(), leased_until=None, **BLANK
    )
