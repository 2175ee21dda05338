"""What staff write to each other about a report."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .report import Report


class Memo(models.Model):
    """A note for the staff who work on the report; nobody else ever reads it. Memos are appended: a
    database trigger refuses to edit one. They are erased with the words of the report.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="memos")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("notatka")
        verbose_name_plural = _("notatki")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"memo about {self.report_id}"
