"""The annex as typed rows: category × place → unit and mode."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from districts.models import OSIEDLA, Borough, Layer
from units.models import Unit

from .category import Category


class RoutingRule(models.Model):
    """One row of the annex; the most specific row wins (see ``catalogue.routing``).

    ``category`` null: any category. ``district_code`` is the code that all editions share, not a
    row of one edition, so that the annex stays valid when boundaries change. ``layer``: where the
    place is a region, the layer that it belongs to, which is not that of the osiedla.
    """

    class Scope(models.TextChoices):
        REGION = "region", _("rejon")
        DISTRICT = "district", _("osiedle")
        BOROUGH = "borough", _("dzielnica")
        CITY = "city", _("całe miasto")

    class Mode(models.TextChoices):
        AUTOMATIC = "automatic", _("automatycznie")
        OPERATOR = "operator", _("przez operatora")

    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.PROTECT, related_name="rules"
    )
    scope = models.CharField(max_length=16, choices=Scope)
    layer = models.ForeignKey(
        Layer, null=True, blank=True, on_delete=models.PROTECT, related_name="rules", db_index=False
    )
    district_code = models.SlugField(max_length=60, blank=True)
    borough = models.CharField(max_length=20, choices=Borough, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rules")
    mode = models.CharField(max_length=16, choices=Mode)
    is_proposal = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("wiersz załącznika")
        verbose_name_plural = _("załącznik (właściwość)")
        constraints = [
            models.CheckConstraint(
                name="scope_names_its_place",
                condition=Q(scope="region", borough="", layer__isnull=False)
                & ~Q(district_code="")
                & ~Q(layer=OSIEDLA)
                | Q(scope="district", borough="", layer=None) & ~Q(district_code="")
                | Q(scope="borough", district_code="", layer=None) & ~Q(borough="")
                | Q(scope="city", district_code="", borough="", layer=None),
            ),
            models.UniqueConstraint(
                fields=["category", "scope", "layer", "district_code", "borough"],
                condition=Q(is_active=True),
                nulls_distinct=False,
                name="one_active_rule_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category or '*'} × {self.place_code or '*'} → {self.unit.short_name}"

    @property
    def place_code(self) -> str:
        """The place as a program names it; empty for the whole city."""
        if self.layer_id is not None:
            return f"{self.layer_id}/{self.district_code}"
        return self.district_code or self.borough

    def fits(self, district: str, borough: str) -> bool:
        """Whether the row, which is not about a region, is about the district with that code."""
        if self.district_code:
            return self.district_code == district
        return self.borough in ("", borough)

    def decides_as(self, other: "RoutingRule") -> bool:
        return (self.unit_id, self.mode) == (other.unit_id, other.mode)
