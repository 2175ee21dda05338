"""Boundary editions and their districts (osiedla). EPSG:4326 throughout."""

from django.contrib.gis.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Borough(models.TextChoices):
    """The five historic boroughs (dzielnice)."""

    BALUTY = "Bałuty", "Bałuty"
    GORNA = "Górna", "Górna"
    POLESIE = "Polesie", "Polesie"
    SRODMIESCIE = "Śródmieście", "Śródmieście"
    WIDZEW = "Widzew", "Widzew"


class _EditionQuerySet(models.QuerySet["Edition"]):
    def in_force(self) -> "Edition":
        """The one published edition that holds now; ``Edition.DoesNotExist`` if none does."""
        return self.filter(published_at__isnull=False, in_force_from__lte=timezone.now()).latest(
            "in_force_from"
        )


class Edition(models.Model):
    """A generation of boundaries. Immutable (with its districts) once ``published_at`` is set."""

    code = models.SlugField(max_length=40, unique=True)
    in_force_from = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=300)
    credit = models.CharField(max_length=200)
    source_date = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = _EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wydanie granic")
        verbose_name_plural = _("wydania granic")
        constraints = [
            models.UniqueConstraint(
                fields=["in_force_from"],
                condition=models.Q(published_at__isnull=False),
                name="one_edition_from_a_moment",
            )
        ]

    def __str__(self) -> str:
        return self.code


class District(models.Model):
    """One auxiliary unit (osiedle) in one edition; its ``code`` is the same in all editions.

    ``boundary``: full detail, EPSG:4326. ``outline``: for drawing only; the same coverage,
    simplified to about 5 m, with shared borders kept.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="districts")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=100)
    borough = models.CharField(max_length=20, choices=Borough)
    teryt = models.CharField(max_length=20)
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
