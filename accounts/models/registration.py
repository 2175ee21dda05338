"""What a resident ticked when registering, until the address is confirmed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from regulations.models import Version


class Registration(models.Model):
    """Marks an account whose address is not confirmed yet, and keeps which texts were agreed to.

    When the address is confirmed, the row becomes lines of the consent ledger, because only then is
    it known who consented. If nobody confirms it, a task deletes the account, and this row with it.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    clause = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    rules = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    newsletter = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("niepotwierdzona rejestracja")
        verbose_name_plural = _("niepotwierdzone rejestracje")

    def __str__(self) -> str:
        return f"registration of {self.user_id}"
