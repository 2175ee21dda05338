"""Which district came from which, from one edition to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .editions import Edition


class Descent(models.Model):
    """What the district ``code`` of ``edition`` has of the district ``source_code`` of ``before``,
    the edition that it was based on. Written when it is approved; the database refuses changes.

    A code is empty for what lies outside the layer. ``m2``: square metres. ``share``: of the
    source's area, ``part``: of the area of the district that got it, ``residents_share``: of the
    source's residents; 0 to 1, null where their number is not known.
    """

    class Word(models.TextChoices):
        KEPT = "kept", _("zostaje przy swoim")
        MOVED = "moved", _("zmienia osiedle")
        SPLIT = "split", _("wydzielone do nowego")
        MERGED = "merged", _("włączone w całości")
        RENAMED = "renamed", _("ma nową nazwę")
        OUTSIDE = "outside", _("wchodzi w granice albo z nich wychodzi")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="descents")
    before = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+", db_index=False)
    source_code = models.SlugField(max_length=60, blank=True, db_index=False)
    code = models.SlugField(max_length=60, blank=True, db_index=False)
    word = models.CharField(max_length=16, choices=Word)
    m2 = models.FloatField()
    share = models.FloatField()
    part = models.FloatField()
    residents = models.PositiveIntegerField(null=True, blank=True)
    residents_share = models.FloatField(null=True, blank=True)

    class Meta:
        verbose_name = _("pochodzenie osiedla")
        verbose_name_plural = _("pochodzenie osiedli")
        ordering = ["source_code", "-m2", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "source_code", "code"], name="one_descent_a_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.source_code} → {self.code}"
