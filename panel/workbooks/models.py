"""The XLSX files that staff asked for."""

import uuid
from typing import Self

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from owed.leases import Leased, LeasedQuerySet
from units.models import Unit


def private_storage():
    return storages["workbooks"]


class WorkbookQuerySet(LeasedQuerySet):
    def owed(self) -> Self:
        """Those that have still to be made, the oldest first."""
        return self.filter(state=Workbook.State.OWED).order_by("created_at", "id")


class Workbook(Leased):
    """All that a list selects, as one file. ``room`` and ``query``: the list, as its address says
    it; ``language``: of headings and statuses. ``units``: those whose reports the file of a unit's
    list may hold. ``rows``: how many reports; ``reason``: why there is no file. Times are UTC.
    """

    class State(models.TextChoices):
        OWED = "owed", _("w przygotowaniu")
        READY = "ready", _("gotowy")
        REFUSED = "refused", _("nie powstał")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="workbooks"
    )
    room = models.CharField(max_length=16)
    query = models.CharField(max_length=2000, blank=True)
    language = models.CharField(max_length=8)
    units = models.ManyToManyField(Unit, related_name="+", blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.OWED)
    reason = models.CharField(max_length=300, blank=True)
    rows = models.PositiveIntegerField(null=True, blank=True)
    file = models.FileField(storage=private_storage, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    objects = WorkbookQuerySet.as_manager()

    class Meta:
        verbose_name = _("arkusz")
        verbose_name_plural = _("arkusze")

    def __str__(self) -> str:
        return f"{self.id} ({self.state})"
