"""The consent ledger."""

import hashlib
import hmac

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from regulations.models import Version


class ConsentEntry(models.Model):
    """One line of the consent ledger: a consent was given or withdrawn. Lines are only appended: a
    database trigger refuses to change them.

    ``subject_hash`` stands for the person. It is a keyed hash of the e-mail address, so that the
    proof of the consent can stay when the address is deleted.
    """

    class Purpose(models.TextChoices):
        REPORT_LETTERS = "report_letters", _("listy o zgłoszeniu")
        ACCOUNT = "account", _("przetwarzanie danych w koncie")
        RULES = "rules", _("regulamin portalu")
        NEWSLETTER = "newsletter", _("biuletyn")

    class Act(models.TextChoices):
        GIVEN = "given", _("udzielono")
        WITHDRAWN = "withdrawn", _("wycofano")

    purpose = models.CharField(max_length=32, choices=Purpose)
    act = models.CharField(max_length=16, choices=Act)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    subject_hash = models.CharField(max_length=64, db_index=True)
    subject_reference = models.CharField(max_length=16, blank=True)
    how = models.CharField(max_length=32)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("wpis o zgodzie")
        verbose_name_plural = _("rejestr zgód")

    def __str__(self) -> str:
        return f"{self.purpose}: {self.act}"

    @staticmethod
    def hash_of(email: str) -> str:
        """Keyed SHA-256 (hex, 64 characters) of an e-mail address, letter case ignored."""
        key = settings.CONSENT_HASH_KEY.encode()
        return hmac.new(key, email.strip().casefold().encode(), hashlib.sha256).hexdigest()
