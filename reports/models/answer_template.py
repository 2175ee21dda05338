"""Answers that staff give often."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import Category, CategoryGroup
from units.models import Unit

from .report import Report
from .status import Status


class _AnswerTemplateQuerySet(models.QuerySet["AnswerTemplate"]):
    def for_report(self, report: Report) -> "_AnswerTemplateQuerySet":
        """Those of its unit or of all, for its category, its group, or anything."""
        of_unit = Q(unit=None) | Q(unit=report.unit_id)
        about = Q(category=report.category_id) | Q(group=report.category.group_id)
        about |= Q(category=None, group=None)
        return self.filter(of_unit, about)

    def editable_by(self, user) -> "_AnswerTemplateQuerySet":
        """Operators edit all, leaders those of the units that they lead."""
        if user.is_operator:
            return self
        return self.filter(unit__in=Unit.objects.led_by(user))


class AnswerTemplate(models.Model):
    """The text of an answer with placeholders, see ``reports.handling.answer_templates``.

    ``unit`` null: of all units. ``category``, ``group``: at most one; neither: for anything.
    ``status``: what choosing it proposes, or empty.
    """

    name = models.CharField(max_length=80)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="answer_templates"
    )
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    group = models.ForeignKey(
        CategoryGroup, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    status = models.CharField(max_length=16, choices=Status, blank=True)
    text = models.TextField(max_length=4000)

    objects = _AnswerTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("szablon odpowiedzi")
        verbose_name_plural = _("szablony odpowiedzi")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category=None) | Q(group=None), name="template_is_about_one"
            )
        ]

    def __str__(self) -> str:
        return self.name
