"""The trail of what staff did, written in the transaction of the change that it records."""

from django.db import connection, models

from .models import AuditEntry, AuditWord, User


def record(
    *, actor: User | None, action: AuditWord, target: models.Model, **details: object
) -> AuditEntry:
    """Append who did ``action`` to ``target``; ``actor`` None is the system or a resident.
    ``details``: JSON values without personal data.

    ``TypeError`` where ``action`` is a string of no enumeration. ``RuntimeError`` outside a
    transaction, where the entry could be kept without its change, or lost.
    """
    if not isinstance(action, AuditWord):
        raise TypeError(f"{action!r} is no member of an enumeration of audit words")
    if not connection.in_atomic_block:
        raise RuntimeError("an audit entry belongs into the change's own transaction")
    return AuditEntry.objects.create(
        actor=actor,
        action=action,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        details=details,
    )
