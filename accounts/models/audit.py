"""The trail of what staff did."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditWord(models.TextChoices):
    """What was done. The base of the enumerations that ``accounts.audit.record`` takes from: each
    stands beside what it is about, and no two hold the same value.

    The values are stored, so they stay as they are for as long as entries are kept.
    """


class AccountWord(AuditWord):
    """What was done to an account, or in the admin. Administrators read the values themselves."""

    ADMIN_ADDED = "admin_added"
    ADMIN_CHANGED = "admin_changed"
    ADMIN_DELETED = "admin_deleted"
    PERSON_ADDED = "person_added"
    PERSON_CHANGED = "person_changed"
    PERSON_BLOCKED = "person_blocked"
    PERSON_UNBLOCKED = "person_unblocked"
    PERSON_DELETED = "person_deleted"
    SECOND_FACTOR_RESET = "second_factor_reset"
    ADDRESS_RESTORED = "address_restored"
    TAKEOVER_REPORTED = "takeover_reported"


class AuditEntry(models.Model):
    """Who did what to which row. Written in the transaction of the change, and never edited: a
    database trigger refuses it. ``action`` is the value of an ``AuditWord``.
    """

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
