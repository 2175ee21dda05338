"""Published texts that bind: rules, data protection clause, accessibility declaration."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    RULES = "rules", _("regulamin")
    CLAUSE = "clause", _("klauzula informacyjna")
    ACCESSIBILITY = "accessibility", _("deklaracja dostępności")


class VersionQuerySet(models.QuerySet):
    def in_force(self, kind: str) -> "Version":
        """The version of ``kind`` that binds now; ``Version.DoesNotExist`` if none was published."""
        return self.filter(kind=kind, in_force_from__lte=timezone.now()).latest("in_force_from")


class Version(models.Model):
    """One numbered version of a text, in Markdown. Immutable once published."""

    kind = models.CharField(max_length=16, choices=Kind)
    number = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    body = models.TextField()
    published_at = models.DateTimeField()
    in_force_from = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wersja dokumentu")
        verbose_name_plural = _("wersje dokumentów")
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="version_number_once_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"
