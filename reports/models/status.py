"""The statuses and the history of a report."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from units.models import Unit


class Status(models.TextChoices):
    RECEIVED = "received", _("przyjęte")
    WITH_OPERATOR = "with_operator", _("dobieramy jednostkę")
    FORWARDED = "forwarded", _("wysłane do jednostki")
    IN_PROGRESS = "in_progress", _("w realizacji")
    RESOLVED = "resolved", _("załatwione")
    REJECTED = "rejected", _("odrzucone")
    PASSED_ON = "passed_on", _("przekazane innej instytucji")
    DUPLICATE = "duplicate", _("powtórzone")


class StatusChange(models.Model):
    """One public step of a report. Steps are appended; a database trigger refuses to edit one.

    ``by`` null: the portal itself. ``note``: the public answer, shown as written.
    """

    report = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="changes")
    status = models.CharField(max_length=16, choices=Status)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("zmiana statusu")
        verbose_name_plural = _("zmiany statusu")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.status}"
