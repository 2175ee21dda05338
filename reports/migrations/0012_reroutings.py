"""What new boundaries owe to open reports is a row; which groups of reports stay is one too.

Activations that began before this owe nothing: reports stayed as they were.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

_KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _reference(to: str, **options: object) -> models.ForeignKey:
    kinds = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}
    return models.ForeignKey(**kinds | {"to": to} | options)


def owe_nothing_for_the_past(apps, schema_editor):
    alias, now = schema_editor.connection.alias, timezone.now()
    rerouting = apps.get_model("reports", "Rerouting")
    begun = apps.get_model("districts", "Activation").objects.using(alias).filter(at__lte=now)
    rerouting.objects.using(alias).bulk_create(
        rerouting(
            activation=row,
            layer_id=row.layer_id,
            at=row.at,
            last_look_at=now,
            passed_at=now,
            ended_at=now,
        )
        for row in begun
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("catalogue", "0003_uses_of_categories"),
        ("districts", "0015_editions_start_and_stay"),
        ("reports", "0011_name_of_the_guard"),
        ("units", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rerouting",
            fields=[
                ("id", _KEY),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                ("passed_at", models.DateTimeField(blank=True, null=True)),
                ("last_look_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("handed_over", models.PositiveIntegerField(default=0)),
                ("moved", models.PositiveIntegerField(default=0)),
                (
                    "activation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="districts.activation",
                    ),
                ),
                ("layer", _reference("districts.layer")),
            ],
            options={
                "verbose_name": "ponowny przydział zgłoszeń",
                "verbose_name_plural": "ponowne przydziały zgłoszeń",
            },
        ),
        migrations.RunPython(owe_nothing_for_the_past, migrations.RunPython.noop),
        migrations.CreateModel(
            name="StayingGroup",
            fields=[
                ("id", _KEY),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "edition",
                    _reference("districts.edition", on_delete=django.db.models.deletion.CASCADE),
                ),
                (
                    "before",
                    _reference(
                        "districts.edition",
                        on_delete=django.db.models.deletion.CASCADE,
                        null=True,
                        db_index=False,
                    ),
                ),
                ("unit", _reference("units.unit", db_index=False)),
                ("to_unit", _reference("units.unit", db_index=False)),
                ("category", _reference("catalogue.category", db_index=False)),
                ("by", _reference(settings.AUTH_USER_MODEL, blank=True, null=True)),
            ],
            options={
                "verbose_name": "zgłoszenia, które zostają w jednostce",
                "verbose_name_plural": "zgłoszenia, które zostają w jednostkach",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "before", "unit", "to_unit", "category"),
                        name="a_group_stays_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
