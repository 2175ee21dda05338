"""The addresses at which people want to hear back about a report."""

import secrets

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .report import Report


def new_secret() -> str:
    return secrets.token_urlsafe(24)


class Contact(models.Model):
    """An e-mail address, given with a consent by the sender or by a follower. It is personal data.

    It is deleted at once when the consent is withdrawn, and otherwise by a task
    ``CONTACT_RETENTION_DAYS`` after the report's end. ``language``: of the letters, as chosen when
    the address was given. ``secret``: part of the link that withdraws the consent; only the letters
    show that link.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="contacts")
    email = models.EmailField()
    language = models.CharField(max_length=8, default="pl")
    is_sender = models.BooleanField(default=True)
    secret = models.CharField(max_length=40, unique=True, default=new_secret)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("adres zgłaszającego")
        verbose_name_plural = _("adresy zgłaszających")
        constraints = [models.UniqueConstraint("report", Lower("email"), name="contact_hears_once")]

    def __str__(self) -> str:
        return f"contact of {self.report_id}"
