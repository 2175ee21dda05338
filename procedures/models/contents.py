"""Parts of a version of which a card has several, in the order of ``position``."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .files import Picture, ProcedureFile
from .procedure import ProcedureVersion


class _Part(models.Model):
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ["position"]


class Step(_Part):
    """Krok 1…n: what one does, in Markdown."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="steps")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]


class Fee(_Part):
    """What is paid, how much (złoty, null where it depends), and to which account."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="fees")
    name = models.CharField(max_length=300)
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    account = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Document(_Part):
    """A document that is required, or another one; with a template where there is one."""

    class Kind(models.TextChoices):
        REQUIRED = "required", _("wymagany")
        OTHER = "other", _("inny")

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="documents"
    )
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.REQUIRED)
    name = models.CharField(max_length=300)
    note = models.CharField(max_length=600, blank=True)
    template = models.ForeignKey(
        ProcedureFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return self.name


class LegalBasis(_Part):
    """An act or regulation, with its address where it can be read."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="legal_bases"
    )
    title = models.CharField(max_length=400)
    url = models.URLField(max_length=400, blank=True)

    def __str__(self) -> str:
        return self.title


class Illustration(_Part):
    """A picture of the version. ``name`` is how its Markdown places it: ``![](name)``;
    ``description``: what is seen, for those who do not see it.
    """

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="illustrations"
    )
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="illustrations")
    name = models.SlugField(max_length=60)
    description = models.CharField(max_length=300)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="picture_name_once_a_version"),
        ]

    def __str__(self) -> str:
        return self.name
