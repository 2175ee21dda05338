"""What the checks of an edition find, and the checks that are owed."""

from datetime import datetime

from django.conf import settings
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from owed.leases import Leased, LeasedQuerySet

from .editions import Edition

# A check that fails this often, or kills its worker, is not tried again by itself.
MOST_ATTEMPTS = 3


class EditionCheckQuerySet(LeasedQuerySet):
    def due(self, now: datetime) -> "EditionCheckQuerySet":
        """Checks that are owed and that nobody is doing at ``now`` (UTC)."""
        return self.filter(done_at__isnull=True, attempts__lt=MOST_ATTEMPTS).unleased(now)


class EditionCheck(Leased):
    """The check of an edition that was asked for last. It is owed until ``done_at`` is set.

    ``revision``: the one that was checked; null until then. Findings are those of this revision.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="checking")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = EditionCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("sprawdzenie granic")
        verbose_name_plural = _("sprawdzenia granic")

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.done_at or '…'}"

    @property
    def has_failed(self) -> bool:
        """Whether it is given up until somebody asks again."""
        return self.done_at is None and self.attempts >= MOST_ATTEMPTS


class Finding(models.Model):
    """One thing that a check of an edition found.

    ``codes``: the districts concerned. ``place``: EPSG:4326, with the very coordinates of the
    boundaries, so that a mend fits. ``size`` in ``unit``. ``details``: what differs, for people.
    ``key`` is the same as long as the finding is, so that its ``explanation`` survives a new check.
    """

    class Kind(models.TextChoices):
        EMPTY = "empty", _("Brak obszarów")
        INVALID = "invalid", _("Niepoprawny kształt")
        OVERLAP = "overlap", _("Nakładanie się")
        GAP = "gap", _("Dziura między sąsiadami")
        UNCOVERED = "uncovered", _("Brak przy granicy miasta")
        MISMATCH = "mismatch", _("Niezgodne wierzchołki")
        SLIVER = "sliver", _("Wąski skrawek")
        OUTSIDE = "outside", _("Poza miastem")
        LOST = "lost", _("Znikający obszar")
        ADDED = "added", _("Nowy obszar")
        RENAMED = "renamed", _("Inna nazwa")
        MOVED = "moved", _("Inna dzielnica")
        JUMP = "jump", _("Skok powierzchni")
        USED_CODE = "used_code", _("Brakujące oznaczenie")
        STREETS = "streets", _("Ulice bez obszaru")
        ADDRESSES = "addresses", _("Adresy bez obszaru")

    class Severity(models.TextChoices):
        ERROR = "error", _("błąd")
        WARNING = "warning", _("ostrzeżenie")

    class Unit(models.TextChoices):
        SQUARE_METRES = "m2", "m²"
        METRES = "m", "m"
        PIECES = "pieces", _("szt.")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="findings")
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, choices=Kind)
    severity = models.CharField(max_length=8, choices=Severity)
    codes = models.JSONField(default=list)
    place = models.GeometryField(srid=4326, spatial_index=False)
    size = models.FloatField()
    unit = models.CharField(max_length=8, choices=Unit)
    details = models.JSONField(default=dict, blank=True)
    explanation = models.TextField(blank=True)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    explained_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("wynik sprawdzenia granic")
        verbose_name_plural = _("wyniki sprawdzenia granic")
        ordering = ["severity", "kind", "-size", "id"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="finding_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.kind} {','.join(self.codes)}"
