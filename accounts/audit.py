"""Writing the audit trail of what staff did, in the transaction of the change itself."""

from django.db import connection, models

from .models import AuditEntry, User


def record(
    *, actor: User | None, action: str, target: models.Model, **details: object
) -> AuditEntry:
    """Append who did ``action`` to ``target``. ``details``: JSON values without personal data.

    Raises ``RuntimeError`` outside a transaction, where the line could be written without its
    change, or the change without its line.
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
