"""What staff ask the sender of a report."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .report import Report


class _SenderQuestionQuerySet(models.QuerySet["SenderQuestion"]):
    def open(self) -> "_SenderQuestionQuerySet":
        """Questions whose answer is waited for."""
        return self.filter(ended_at=None)


class SenderQuestion(models.Model):
    """A question to the sender; the remark that answers it points here. While it is open, the clock
    of the report stands (``Report.asked_on``).

    ``reminded_at``: of the one reminder. ``ended_at``: when it was answered, or when the work went
    on without an answer. All times are UTC.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="questions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=1000)
    at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = _SenderQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pytanie do zgłaszającego")
        verbose_name_plural = _("pytania do zgłaszającego")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(ended_at=None), name="one_open_question"
            )
        ]

    def __str__(self) -> str:
        return f"question about {self.report_id}"
