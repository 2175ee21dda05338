"""Which unit a report was assigned to and why, and the dispatch that is therefore owed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import RoutingRule
from districts.models import Activation, District, Edition
from owed.leases import Leased, LeasedQuerySet
from units.models import Unit

from .report import Report


class Assignment(models.Model):
    """A routing decision as taken: unit, mode, rule, district and edition. The latest one binds.

    ``region``: of another layer, where the row of the annex binds by one. ``activation``: of new
    boundaries, where that made the portal route the report again. ``reason`` is for staff; ``note``
    is told to the public with the step that follows.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    mode = models.CharField(max_length=16, choices=RoutingRule.Mode)
    rule = models.ForeignKey(
        RoutingRule, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+", db_index=False)
    region = models.ForeignKey(
        District, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    activation = models.ForeignKey(
        Activation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("przydział")
        verbose_name_plural = _("przydziały")
        ordering = ["at", "id"]
        indexes = [
            models.Index(
                fields=["activation"],
                condition=Q(activation__isnull=False),
                name="assignment_activation",
            ),
            # What somebody handed to a unit by hand: the newest are counted along borders.
            models.Index(
                fields=["-at"],
                condition=Q(rule__isnull=True, by__isnull=False),
                name="assignment_by_hand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} → {self.unit_id}"


class _DispatchQuerySet(LeasedQuerySet):
    def owed(self) -> "_DispatchQuerySet":
        """Rows that are still to be sent."""
        return self.filter(state=Dispatch.State.OWED)

    def due(self, now) -> "_DispatchQuerySet":
        """Owed rows whose time has come and which nobody holds at ``now`` (UTC)."""
        return self.owed().filter(next_attempt_at__lte=now).unleased(now)

    def failed(self) -> "_DispatchQuerySet":
        """Rows that are not tried again, so that the operator must decide."""
        return self.filter(state=Dispatch.State.FAILED)


class Dispatch(Leased):
    """A sending that is owed to a unit, claimed with a lease (UTC) and retried with back-off.

    ``is_correction``: the report stays with its unit, which is only to learn what was corrected.
    """

    class State(models.TextChoices):
        OWED = "owed", _("do wysłania")
        DONE = "done", _("wysłane")
        FAILED = "failed", _("nie do wysłania")
        SUPERSEDED = "superseded", _("nieaktualne")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="dispatches")
    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=16, choices=Unit.Channel)
    is_correction = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=State, default=State.OWED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = _DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("wysyłka")
        verbose_name_plural = _("wysyłki")
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(state="owed"), name="dispatch_owed"
            ),
            models.Index(fields=["report"], condition=Q(state="failed"), name="dispatch_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} → {self.unit_id}: {self.state}"
