"""The trail of what staff did, written in the transaction of what it tells about."""

from django.db import connection, models

from .models import AuditEntry, User


def record(
    *, actor: User | None, action: str, target: models.Model, **details: object
) -> AuditEntry:
    """Append who did ``action`` to ``target``. ``details``: JSON values without personal data.

    ``RuntimeError`` outside a transaction, where the line could outlive or miss its change.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an audit entry belongs into the change's own transaction")
    return AuditEntry.objects.create(
        actor=actor,
        action=action,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        details=details,
    )
