"""What the list of own reports remembers about a resident."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Visit(models.Model):
    """When a resident last looked at their reports, and when before that (UTC)."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    at = models.DateTimeField()
    before = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("wizyta na liście własnych zgłoszeń")
        verbose_name_plural = _("wizyty na liście własnych zgłoszeń")

    def __str__(self) -> str:
        return f"visit of {self.user_id}"
