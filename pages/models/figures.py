"""How many reports there are, for the front page."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Figures(models.Model):
    """The only row: numbers of public reports at the instant ``counted_at``. Counting a million
    takes half a second, so the worker does it and the front page reads the row.

    ``open``: not ended; ``resolved`` and ``sent``: in the 30 days before.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    open = models.PositiveIntegerField()
    resolved = models.PositiveIntegerField()
    sent = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("liczby zgłoszeń")
        verbose_name_plural = _("liczby zgłoszeń")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="figures_are_one_row")]

    def __str__(self) -> str:
        return f"{self.open}, {self.resolved}, {self.sent}"

    @property
    def is_of_today(self) -> bool:
        """False after the worker has not counted for long, so that the page names the day."""
        return timezone.localdate(self.counted_at) == timezone.localdate()
