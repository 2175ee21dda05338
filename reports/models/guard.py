"""When the operator raised the guard."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class GuardRaise(models.Model):
    """Every sender is asked for a proof of work until ``until`` (UTC)."""

    until = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("włączenie ochrony")
        verbose_name_plural = _("włączenia ochrony")

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d %H:%M}"
