"""The districts that the extent of a report touches."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import District

from .report import Report


class TouchedDistrict(models.Model):
    """``part`` of the report's ``extent`` lies in ``district``: above 0, at most 1."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="touched")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    part = models.FloatField(validators=[MinValueValidator(0), MaxValueValidator(1)])

    class Meta:
        verbose_name = _("osiedle, którego dotyczy zgłoszenie")
        verbose_name_plural = _("osiedla, których dotyczy zgłoszenie")
        ordering = ["-part", "district__code"]
        constraints = [
            models.UniqueConstraint(fields=["report", "district"], name="touched_district_once"),
        ]

    def __str__(self) -> str:
        return f"{self.district} {self.part:.0%}"
