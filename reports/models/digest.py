"""The changes that wait for the daily letter."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .report import Report
from .status import StatusChange


class DigestLine(models.Model):
    """A change that waits for the daily letter to the report's owner. Writing the letter deletes
    it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_lines"
    )
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    change = models.ForeignKey(StatusChange, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("wiersz wiadomości dziennej")
        verbose_name_plural = _("wiersze wiadomości dziennych")
        ordering = ["change_id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "change"], name="change_in_digest_once")
        ]

    def __str__(self) -> str:
        return f"{self.change_id} for {self.user_id}"
