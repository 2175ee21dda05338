import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("regulations", "0003_annex_and_cookies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Translation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=8)),
                ("title", models.CharField(max_length=200)),
                ("body", models.TextField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="regulations.version",
                    ),
                ),
            ],
            options={
                "verbose_name": "tłumaczenie dokumentu",
                "verbose_name_plural": "tłumaczenia dokumentów",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "language"), name="one_translation_a_language"
                    )
                ],
            },
        ),
    ]
