"""Letters that must not leave any more."""

from django.utils import timezone

from .models import Letter


def cancel_for(address: str, *, key_prefix: str = "") -> int:
    """Cancel queued letters to ``address`` whose key begins with ``key_prefix``; returns how many.

    Their content goes with the act: it is nobody's any more.
    """
    queued = Letter.objects.filter(state=Letter.State.QUEUED, key__startswith=key_prefix)
    return queued.filter(recipients__contains=[address]).update(
        state=Letter.State.CANCELLED,
        ended_at=timezone.now(),
        leased_until=None,
        recipients=[],
        subject="",
        raw=b"",
    )
