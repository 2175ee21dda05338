"""What readers say of a card, without saying who they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .procedure import Procedure, ProcedureVersion


class Feedback(models.Model):
    """An answer to "was this helpful?". ``sentence`` is what somebody typed: text that nobody has
    checked, emptied after ``PROCEDURE_FEEDBACK_DAYS``.
    """

    LONGEST = 500

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="feedback")
    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="+")
    is_helpful = models.BooleanField()
    sentence = models.CharField(max_length=LONGEST, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("opinia o karcie")
        verbose_name_plural = _("opinie o kartach")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="feedback_newest_first")]

    def __str__(self) -> str:
        return f"{self.procedure_id}: {self.is_helpful}"
