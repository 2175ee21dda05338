"""How people look for a card: by who carries it out, by topic, by what happened in their life."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from units.models import Unit


class Department(models.Model):
    """A department of a unit, as the card names it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="departments")
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("komórka organizacyjna")
        verbose_name_plural = _("komórki organizacyjne")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):  # type: ignore[django-manager-missing]
    """A topic; topics form a tree. ``icon`` names a symbol of the icon sprite."""

    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    icon = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("temat")
        verbose_name_plural = _("tematy")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class LifeSituation(models.Model):  # type: ignore[django-manager-missing]
    """What happened in somebody's life, in their own words: "I have moved in"."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    lead = models.CharField(max_length=300, blank=True)
    icon = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("sytuacja życiowa")
        verbose_name_plural = _("sytuacje życiowe")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name
