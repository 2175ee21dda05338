"""Versions of the published texts, from the rules to the annex."""

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    RULES = "rules", _("regulamin")
    CLAUSE = "clause", _("klauzula informacyjna")
    ACCESSIBILITY = "accessibility", _("deklaracja dostępności")
    COOKIES = "cookies", _("informacja o plikach cookie")
    # Its text is made from the routing table when staff publish it.
    ANNEX = "annex", _("załącznik")


class _VersionQuerySet(models.QuerySet):
    def published(self) -> "_VersionQuerySet":
        """Versions that anybody may read, the newest first."""
        now = timezone.now()
        return self.filter(published_at__lte=now).order_by("-in_force_from", "-id")

    def in_force(self, kind: str) -> "Version":
        """The version of ``kind`` that is in force now; ``Version.DoesNotExist`` if none is."""
        begun = self.published().filter(kind=kind, in_force_from__lte=timezone.now())
        return begun.latest("in_force_from")

    def shown(self, kind: str, number: str) -> "Version | None":
        """The version of ``kind`` with ``number`` that people have seen in force, now or once."""
        begun = self.published().filter(kind=kind, in_force_from__lte=timezone.now())
        return begun.filter(number=number).first()


class Version(models.Model):
    """One numbered version of a text, in Markdown.

    It is a draft while ``published_at`` is null. Once that is set, the row is immutable: a database
    trigger refuses to change or delete it. A version stays in force until the next one of its kind
    comes into force.
    """

    kind = models.CharField(max_length=16, choices=Kind)
    number = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    body = models.TextField()
    published_at = models.DateTimeField(null=True, blank=True)
    in_force_from = models.DateTimeField()

    objects = _VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wersja dokumentu")
        verbose_name_plural = _("wersje dokumentów")
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="version_number_once_a_kind"),
            models.UniqueConstraint(
                fields=["kind", "in_force_from"],
                condition=models.Q(published_at__isnull=False),
                name="one_version_from_a_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True)
                | models.Q(in_force_from__gte=models.F("published_at")),
                name="version_is_published_before_it_binds",
            ),
        ]

    def __str__(self) -> str:
        # The title is in Polish, as the text is; the kind has its name in the reader's language.
        return f"{capfirst(self.get_kind_display())} {self.number}"


class Translation(models.Model):
    """A version in another language, for convenience: what binds is the Polish text. So it may be
    corrected at any time.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        verbose_name = _("tłumaczenie dokumentu")
        verbose_name_plural = _("tłumaczenia dokumentów")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language"], name="one_translation_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.language})"
