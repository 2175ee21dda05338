"""Desks of a unit, and for which districts each is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import Layer
from units.models import Unit


class Desk(models.Model):
    """A place where a unit serves people."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="desks")
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=200)
    hours = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("punkt obsługi")
        verbose_name_plural = _("punkty obsługi")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DeskDistrict(models.Model):
    """A district of a layer, by its code, for which the desk of the unit is.

    The code, not the row of an edition: codes name a district across editions.
    """

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="districts")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    layer = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "layer", "code"], name="one_desk_of_a_unit_for_a_district"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.desk_id}"
