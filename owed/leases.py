"""Rows of work that many workers share: each is claimed by one, for a limited time.

A lease is a moment in the row, ``leased_until``. Until then nobody else claims the row. A worker
that is killed therefore needs no cleaning up: its rows are free again when the moment has passed.
The moment also proves who holds the row: a worker records an outcome only on rows whose lease is
still the one that it took. Whoever ends a row sets its ``leased_until`` to null.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone


class Leased(models.Model):
    """The field that a lease needs (UTC; null while nobody holds the row)."""

    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class LeasedQuerySet(models.QuerySet):
    """Questions and acts about the leases of ``Leased`` rows."""

    def unleased(self, now: datetime) -> Self:
        """Rows that nobody holds at ``now`` (UTC)."""
        return self.exclude(leased_until__gt=now)

    def claim(self, now: datetime, *, most: int, counts_attempt: bool = False) -> list[Any]:
        """Lease the first ``most`` of these rows to the caller, for ``LEASE_SECONDS`` from ``now``.

        The caller has chosen rows that are due and ``unleased``, and ordered them. Rows that
        another transaction has locked are passed over. With ``counts_attempt`` the claim itself
        counts as an attempt, so that a row that kills its worker does not come back for ever.
        Takes two statements, or one if there is nothing to claim.
        """
        with transaction.atomic(savepoint=False):
            rows: list[Any] = list(self.select_for_update(skip_locked=True)[:most])
            changes: dict[str, object] = {"leased_until": _lease_from(now)}
            if counts_attempt:
                changes["attempts"] = models.F("attempts") + 1
            claimed = self.model._base_manager.filter(pk__in=[row.pk for row in rows])
            claimed.update(**changes)
        for row in rows:
            row.leased_until = _lease_from(now)
            if counts_attempt:
                row.attempts += 1
        return rows

    def still_leased(self, rows: Iterable[Any]) -> Self:
        """Those of ``rows`` whose lease in the database is the one that their object carries.

        The others were claimed by somebody else after the lease had ended, or were ended. An
        object without a lease holds nothing.
        """
        by_lease = defaultdict(list)
        for row in rows:
            if row.leased_until is not None:
                by_lease[row.leased_until].append(row.pk)
        held = models.Q(pk__in=[])
        for lease, keys in by_lease.items():
            held |= models.Q(pk__in=keys, leased_until=lease)
        return self.filter(held)

    def renew(self, row: Any) -> bool:
        """Extend our lease on ``row`` to ``LEASE_SECONDS`` from now.

        False if we do not hold it any more, or if it is not among these rows; the object then
        carries no lease.
        """
        lease = _lease_from(timezone.now())
        is_ours = bool(self.still_leased([row]).update(leased_until=lease))
        row.leased_until = lease if is_ours else None
        return is_ours


def _lease_from(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.LEASE_SECONDS)
