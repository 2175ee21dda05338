"""What the sender adds after sending."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .photo import Photo
from .report import FINAL, Report
from .sender_question import SenderQuestion


class Remark(models.Model):
    """A text that the sender added; only staff read it. ``answered``: the question of staff that it
    answers.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="remarks")
    answered = models.OneToOneField(
        SenderQuestion, null=True, blank=True, on_delete=models.CASCADE, related_name="answer"
    )
    text = models.TextField(max_length=2000)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("uwaga zgłaszającego")
        verbose_name_plural = _("uwagi zgłaszającego")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"remark on {self.report_id}"


class Verdict(models.Model):
    """The sender's judgement of an answer: fixed, or still broken. ``text``: what is still broken,
    in their words; only staff read it.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="verdicts")
    is_fixed = models.BooleanField()
    text = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("ocena zgłaszającego")
        verbose_name_plural = _("oceny zgłaszającego")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"verdict on {self.report_id}"

    @property
    def photos(self) -> models.QuerySet[Photo]:
        """What the sender photographed between the answer and this verdict on it."""
        answers = self.report.changes.filter(status__in=FINAL, at__lt=self.at)
        since = max(answers.values_list("at", flat=True), default=self.at)
        own = self.report.photos.filter(kind=Photo.Kind.SENDER)
        return own.filter(uploaded_at__gt=since, uploaded_at__lte=self.at)
