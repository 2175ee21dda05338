"""Staff ask the sender, and the clock of the report stands meanwhile. Both new columns of a report get
their value without a rewrite of the table.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0018_memos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("report", "asked_on", models.DateField(blank=True, null=True)),
        migrations.AddField(
            "report", "stopped_days", models.PositiveSmallIntegerField(default=0, db_default=0)
        ),
        migrations.CreateModel(
            name="SenderQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=1000)),
                ("at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "pytanie do zgłaszającego",
                "verbose_name_plural": "pytania do zgłaszającego",
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(ended_at=None),
                        fields=("report",),
                        name="one_open_question",
                    )
                ],
            },
        ),
        migrations.AddField(
            "remark",
            "answered",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answer",
                to="reports.senderquestion",
            ),
        ),
    ]
