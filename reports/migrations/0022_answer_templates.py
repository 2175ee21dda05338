"""Answers that staff give often are kept as templates."""

import django.db.models.deletion
from django.db import migrations, models


def _many(to: str, name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=name,
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0007_what_is_asked_of_a_result"),
        ("reports", "0021_index_of_rounded_places"),
        ("units", "0003_leaders"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("received", "przyjęte"),
                            ("with_operator", "dobieramy jednostkę"),
                            ("forwarded", "wysłane do jednostki"),
                            ("in_progress", "w realizacji"),
                            ("resolved", "załatwione"),
                            ("rejected", "odrzucone"),
                            ("passed_on", "przekazane innej instytucji"),
                            ("duplicate", "powtórzone"),
                        ],
                        max_length=16,
                    ),
                ),
                ("text", models.TextField(max_length=4000)),
                ("category", _many("catalogue.category")),
                ("group", _many("catalogue.categorygroup")),
                ("unit", _many("units.unit", "answer_templates")),
            ],
            options={
                "verbose_name": "szablon odpowiedzi",
                "verbose_name_plural": "szablony odpowiedzi",
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(category=None) | models.Q(group=None),
                        name="template_is_about_one",
                    )
                ],
            },
        )
    ]
