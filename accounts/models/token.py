"""Personal tokens, by which programs of staff read what the person may see."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PersonalTokenQuerySet(models.QuerySet["PersonalToken"]):
    def usable(self) -> "PersonalTokenQuerySet":
        """Neither revoked nor past their last day (Europe/Warsaw)."""
        return self.filter(revoked_at=None, expires_on__gte=timezone.localdate())


class PersonalToken(models.Model):
    """A token of ``user``, shown once; ``hash`` is SHA-256 of it, which is enough because it is
    random. ``expires_on``: its last day; ``last_used_on``: the day only (Europe/Warsaw).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="personal_tokens"
    )
    name = models.CharField(max_length=60)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token osobisty")
        verbose_name_plural = _("tokeny osobiste")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and self.expires_on >= timezone.localdate()
