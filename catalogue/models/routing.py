"""The annex as typed rows: category × place → unit and mode."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from districts.models import Borough
from units.models import Unit

from .category import Category


class RoutingRule(models.Model):
    """One row of the annex; the most specific row wins (see ``catalogue.routing``).

    ``category`` null: any category. ``district_code`` is the code that all editions share, not a
    row of one edition, so that the annex stays valid when boundaries change.
    """

    class Scope(models.TextChoices):
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
                condition=Q(scope="district", borough="") & ~Q(district_code="")
                | Q(scope="borough", district_code="") & ~Q(borough="")
                | Q(scope="city", district_code="", borough=""),
            ),
            models.UniqueConstraint(
                fields=["category", "scope", "district_code", "borough"],
                condition=Q(is_active=True),
                nulls_distinct=False,
                name="one_active_rule_a_place",
            ),
        ]

    def __str__(self) -> str:
        place = self.district_code or self.borough or "*"
        return f"{self.category or '*'} × {place} → {self.unit.short_name}"
