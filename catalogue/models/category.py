"""What a report can be about."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class CategoryGroup(models.Model):  # type: ignore[django-manager-missing]
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("grupa kategorii")
        verbose_name_plural = _("grupy kategorii")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Kind(models.TextChoices):
    """What choosing the category leads to."""

    REPORT = "report", _("zgłoszenie")
    EMERGENCY = "emergency", _("zagrożenie: numer 112")
    FORMAL = "formal", _("sprawa urzędowa")
    ELSEWHERE = "elsewhere", _("sprawa kogoś innego")


class _CategoryQuerySet(models.QuerySet):
    def reportable(self) -> "_CategoryQuerySet":
        """Active categories that lead to a report, not to advice."""
        return self.filter(is_active=True, kind=Kind.REPORT)


class Category(models.Model):
    """One kind of matter. ``working_days``: time limit in Polish working days, null if none.

    ``icon`` names a symbol of the icon sprite. ``emergency_hint``: shown before writing when the
    matter may be a threat to life. ``is_place_sensitive``: the unit depends on the district.
    ``kind``: for any but a report, the form stops and shows ``advice`` with ``contact_url`` or
    ``contact_phone``. ``questions``: see ``catalogue.questions``. ``similar_metres``: an open
    report of the same group within this distance may be about the same matter.
    ``is_place_rounded``: the place says something of a person, so the public sees it only roughly
    (see ``reports.public``).
    ``needs_result_photo``: a report is resolved only with a photo of the result. ``causes``: what
    staff choose from when they resolve one, in Polish; ``asks_cost``: whether they say what it
    cost. ``uses``: how many reports of the last year are about it, counted once a day.
    """

    group = models.ForeignKey(CategoryGroup, on_delete=models.PROTECT, related_name="categories")
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    icon = models.CharField(max_length=40)
    working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    keywords = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    emergency_hint = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.REPORT)
    advice = models.CharField(max_length=400, blank=True)
    contact_phone = models.CharField(max_length=20, blank=True)
    contact_url = models.URLField(blank=True)
    questions = models.JSONField(default=list, blank=True)
    similar_metres = models.PositiveSmallIntegerField(default=100)
    is_place_sensitive = models.BooleanField(default=False)
    is_place_rounded = models.BooleanField(default=False, db_default=False)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    needs_result_photo = models.BooleanField(default=False, db_default=False)
    causes = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    asks_cost = models.BooleanField(default=False, db_default=False)
    uses = models.PositiveIntegerField(default=0, editable=False)

    objects = _CategoryQuerySet.as_manager()  # type: ignore[django-manager-missing]

    class Meta:
        verbose_name = _("kategoria")
        verbose_name_plural = _("kategorie")
        ordering = ["group__position", "position", "code"]

    def __str__(self) -> str:
        return self.name
