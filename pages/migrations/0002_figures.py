from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_news_and_questions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Figures",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("open", models.PositiveIntegerField()),
                ("resolved", models.PositiveIntegerField()),
                ("sent", models.PositiveIntegerField()),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "liczby zgłoszeń",
                "verbose_name_plural": "liczby zgłoszeń",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="figures_are_one_row"
                    )
                ],
            },
        ),
    ]
