from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rules", "regulamin"),
                            ("clause", "klauzula informacyjna"),
                            ("accessibility", "deklaracja dostępności"),
                        ],
                        max_length=16,
                    ),
                ),
                ("number", models.CharField(max_length=16)),
                ("title", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("in_force_from", models.DateTimeField()),
            ],
            options={
                "verbose_name": "wersja dokumentu",
                "verbose_name_plural": "wersje dokumentów",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "number"), name="version_number_once_a_kind"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("published_at__isnull", False)),
                        fields=("kind", "in_force_from"),
                        name="one_version_from_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True),
                            ("in_force_from__gte", models.F("published_at")),
                            _connector="OR",
                        ),
                        name="version_is_published_before_it_binds",
                    ),
                ],
            },
        ),
    ]
