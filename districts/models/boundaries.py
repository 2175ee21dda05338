"""The districts and borders of their editions. EPSG:4326 throughout."""

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from .editions import Edition


class Borough(models.TextChoices):
    """The five historic boroughs (dzielnice)."""

    BALUTY = "Bałuty", "Bałuty"
    GORNA = "Górna", "Górna"
    POLESIE = "Polesie", "Polesie"
    SRODMIESCIE = "Śródmieście", "Śródmieście"
    WIDZEW = "Widzew", "Widzew"


class District(models.Model):
    """One osiedle, or one region of another layer, in one edition; its ``code`` is the same in all
    editions of the layer.

    ``boundary``: full detail, EPSG:4326; it may be invalid in a draft. ``outline``: for drawing
    only; the same coverage, simplified to about 5 m, with shared borders kept. A draft has none:
    there it is the boundary. ``borough`` and ``teryt`` are empty where the layer knows none.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="districts")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=100)
    borough = models.CharField(max_length=20, choices=Borough, blank=True)
    teryt = models.CharField(max_length=20, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    label_point = models.PointField(srid=4326)
    boundary = models.MultiPolygonField(srid=4326)
    outline = models.MultiPolygonField(srid=4326)

    class Meta:
        verbose_name = _("osiedle")
        verbose_name_plural = _("osiedla")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="district_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class Border(models.Model):
    """One straight piece of a border: between two districts, or (``right`` null) the city limit.

    ``segment``: EPSG:2180 (PL-1992), so that distances come in metres (scale error below 0.1 %).
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="borders")
    left = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    segment = models.LineStringField(srid=2180)

    class Meta:
        verbose_name = _("odcinek granicy")
        verbose_name_plural = _("odcinki granic")

    def __str__(self) -> str:
        return f"{self.left_id} | {self.right_id}"
