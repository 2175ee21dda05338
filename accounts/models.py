"""People who log in, what they consented to, and the trail of what staff did."""

import hashlib
import hmac

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from regulations.models import Version


class Role(models.TextChoices):
    """Staff roles; each is a Django group of the same name."""

    OPERATOR = "operator", _("operator ŁCKzM")
    GIS = "gis", _("pracownik GIS")
    EDITOR = "editor", _("redaktor")
    ADMINISTRATOR = "administrator", _("administrator")


class User(AbstractUser):
    """A resident or a member of staff; roles are groups, unit membership lives in ``units``."""

    class Meta:
        verbose_name = _("użytkownik")
        verbose_name_plural = _("użytkownicy")

    @cached_property
    def roles(self) -> frozenset[str]:
        """Names of the staff roles held; empty for a resident."""
        names = self.groups.filter(name__in=Role.values).values_list("name", flat=True)
        return frozenset(names)

    @property
    def is_staff_member(self) -> bool:
        """Has a role, or works in a unit."""
        return bool(self.roles) or self.is_superuser or self.memberships.exists()

    @property
    def is_operator(self) -> bool:
        return Role.OPERATOR in self.roles or self.is_administrator

    @property
    def is_administrator(self) -> bool:
        return self.is_superuser or Role.ADMINISTRATOR in self.roles


class ConsentEntry(models.Model):
    """One line of the consent ledger: given or withdrawn. Appended, never edited.

    The person is a keyed hash of the e-mail address, so that the proof outlives the address.
    """

    class Purpose(models.TextChoices):
        REPORT_LETTERS = "report_letters", _("listy o zgłoszeniu")

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


class AuditEntry(models.Model):
    """Who did what to which row, in the transaction of the change; appended, never edited."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(max_length=64)
    target_type = models.CharField(max_length=64)
    target_id = models.CharField(max_length=64)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("wpis audytu")
        verbose_name_plural = _("ślad audytu")
        indexes = [models.Index(fields=["target_type", "target_id", "at"], name="audit_target")]

    def __str__(self) -> str:
        return f"{self.action}: {self.target_type} {self.target_id}"
