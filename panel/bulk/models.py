"""What somebody asked to be done to many reports, and how far it has come."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from owed.leases import Leased, LeasedQuerySet
from reports.models import Report


class BulkActQuerySet(LeasedQuerySet):
    def due(self, now: datetime) -> Self:
        """Those that have to be done at ``now`` (UTC), or gone on with, and that nobody holds."""
        waiting = models.Q(state=BulkAct.State.WAITING, due_at__lte=now)
        running = models.Q(state=BulkAct.State.RUNNING)
        return self.filter(waiting | running).unleased(now).order_by("due_at", "id")


class BulkAct(Leased):
    """``act``: the name of a row of ``panel.registry``; ``values``: what was sent of its form, by
    the fields' names. ``due_at``: when it begins, until which it can be undone (UTC).

    ``PREPARED``: only its preview was shown. Nothing leaves before ``RUNNING``.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("do zatwierdzenia")
        WAITING = "waiting", _("czeka, można cofnąć")
        UNDONE = "undone", _("cofnięte")
        RUNNING = "running", _("w toku")
        DONE = "done", _("zrobione")

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bulk_acts"
    )
    # Of the list, to which one goes back.
    room = models.CharField(max_length=16)
    query = models.CharField(max_length=2000, blank=True)
    act = models.CharField(max_length=30)
    values = models.JSONField(default=dict)
    state = models.CharField(max_length=16, choices=State, default=State.PREPARED)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = BulkActQuerySet.as_manager()

    class Meta:
        verbose_name = _("czynność zbiorcza")
        verbose_name_plural = _("czynności zbiorcze")
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="bulk_act_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.act} ({self.state})"


class BulkItem(models.Model):
    """One report of a bulk act. ``version``: of the report as it was chosen, so that what somebody
    else did meanwhile is not overwritten. ``reason``: why nothing was done.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("czeka")
        DONE = "done", _("zrobione")
        REFUSED = "refused", _("nie zrobione")

    bulk_act = models.ForeignKey(
        BulkAct, on_delete=models.CASCADE, related_name="items", db_index=False
    )
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("zgłoszenie czynności zbiorczej")
        verbose_name_plural = _("zgłoszenia czynności zbiorczych")
        constraints = [
            models.UniqueConstraint(fields=["bulk_act", "report"], name="bulk_act_has_report_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} ({self.state})"
