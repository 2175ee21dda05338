"""Which residents got a letter about which rules."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from regulations.models import Version


class RulesNotice(models.Model):
    """A resident got a letter about a version of the rules, and is to accept it by a date.

    A person has one row for each version, so that nobody gets the letter twice. ``told_at``: when
    the letter was written. ``accept_by``: the date in Europe/Warsaw. ``reminders``: how many were
    sent after that date, the last one at ``reminded_at``.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rules_notices"
    )
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    accept_by = models.DateField()
    told_at = models.DateTimeField(auto_now_add=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("zawiadomienie o regulaminie")
        verbose_name_plural = _("zawiadomienia o regulaminie")
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="told_of_rules_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} to {self.user_id}"
