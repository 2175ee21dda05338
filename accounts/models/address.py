"""Since when a new address waits for its confirmation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AddressChange(models.Model):
    """When somebody asked for another address. allauth keeps the address, but not the time."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("zmiana adresu")
        verbose_name_plural = _("zmiany adresów")

    def __str__(self) -> str:
        return f"change of {self.user_id}"
