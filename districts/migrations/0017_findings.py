"""Checks that are owed and what they found; with an approved edition, findings do not change."""

import django.contrib.gis.db.models.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FIX = """
CREATE TRIGGER finding_fixed BEFORE INSERT OR UPDATE OR DELETE ON districts_finding
    FOR EACH ROW EXECUTE FUNCTION districts_belongings_are_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0016_descents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EditionCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("asked_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("revision", models.PositiveIntegerField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checking",
                        to="districts.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "sprawdzenie granic",
                "verbose_name_plural": "sprawdzenia granic",
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("empty", "Brak obszarów"),
                            ("invalid", "Niepoprawny kształt"),
                            ("overlap", "Nakładanie się"),
                            ("gap", "Dziura między sąsiadami"),
                            ("uncovered", "Brak przy granicy miasta"),
                            ("mismatch", "Niezgodne wierzchołki"),
                            ("sliver", "Wąski skrawek"),
                            ("outside", "Poza miastem"),
                            ("lost", "Znikający obszar"),
                            ("added", "Nowy obszar"),
                            ("renamed", "Inna nazwa"),
                            ("moved", "Inna dzielnica"),
                            ("jump", "Skok powierzchni"),
                            ("used_code", "Brakujące oznaczenie"),
                            ("streets", "Ulice bez obszaru"),
                            ("addresses", "Adresy bez obszaru"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("error", "błąd"), ("warning", "ostrzeżenie")], max_length=8
                    ),
                ),
                ("codes", models.JSONField(default=list)),
                (
                    "place",
                    django.contrib.gis.db.models.fields.GeometryField(
                        spatial_index=False, srid=4326
                    ),
                ),
                ("size", models.FloatField()),
                (
                    "unit",
                    models.CharField(
                        choices=[("m2", "m²"), ("m", "m"), ("pieces", "szt.")], max_length=8
                    ),
                ),
                ("details", models.JSONField(blank=True, default=dict)),
                ("explanation", models.TextField(blank=True)),
                ("explained_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="districts.edition",
                    ),
                ),
                (
                    "explained_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "wynik sprawdzenia granic",
                "verbose_name_plural": "wyniki sprawdzenia granic",
                "ordering": ["severity", "kind", "-size", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "key"), name="finding_once")
                ],
            },
        ),
        migrations.RunSQL(FIX, "DROP TRIGGER finding_fixed ON districts_finding"),
    ]
