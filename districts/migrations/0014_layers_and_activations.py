"""Editions belong to layers, and instants of start are rows of their own.

What was in force stays in force from the same instants. The tables are small (an edition or a few),
so each lock is short.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

PERSON = {
    "blank": True,
    "null": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}
FREE = """
DROP TRIGGER border_fixed ON districts_border;
DROP TRIGGER district_fixed ON districts_district;
DROP TRIGGER edition_fixed ON districts_edition;
"""
FIX = """
CREATE TRIGGER edition_fixed BEFORE UPDATE OR DELETE ON districts_edition
    FOR EACH ROW EXECUTE FUNCTION districts_edition_is_fixed();
CREATE TRIGGER district_fixed BEFORE INSERT OR UPDATE OR DELETE ON districts_district
    FOR EACH ROW EXECUTE FUNCTION districts_belongings_are_fixed();
CREATE TRIGGER border_fixed BEFORE INSERT OR UPDATE OR DELETE ON districts_border
    FOR EACH ROW EXECUTE FUNCTION districts_belongings_are_fixed();
"""


def in_force_before() -> str:
    old = import_module("districts.migrations.0002_locate").FORWARD
    whole = old[: old.index("CREATE FUNCTION districts_locate(")]
    return whole + "ALTER FUNCTION districts_edition_in_force() PARALLEL SAFE;"


def make_osiedla(apps, schema_editor):
    layers = apps.get_model("districts", "Layer").objects.using(schema_editor.connection.alias)
    layers.create(code="osiedla", name="Osiedla", covers_city=True)


def note_activations(apps, schema_editor):
    alias = schema_editor.connection.alias
    approved = apps.get_model("districts", "Edition").objects.using(alias)
    approved = approved.filter(approved_at__isnull=False)
    approved.update(checked_at=F("approved_at"))
    activation = apps.get_model("districts", "Activation")
    activation.objects.using(alias).bulk_create(
        [
            activation(layer_id="osiedla", edition=edition, at=edition.in_force_from)
            for edition in approved
        ]
    )


def note_starts(apps, schema_editor):
    editions = apps.get_model("districts", "Edition").objects
    for edition in editions.using(schema_editor.connection.alias).filter(layer="osiedla"):
        last = edition.activations.order_by("at").last()
        edition.in_force_from = last.at if last else edition.created_at
        edition.save(update_fields=["in_force_from"])


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0013_crossings_and_named_places"),
        ("units", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(FREE, FIX),
        # It names columns that go; the next migration makes one that looks at activations.
        migrations.RunSQL("DROP FUNCTION districts_edition_in_force()", in_force_before()),
        migrations.CreateModel(
            name="Layer",
            fields=[
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100, unique=True)),
                ("covers_city", models.BooleanField(default=False)),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="layers",
                        to="units.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "warstwa granic",
                "verbose_name_plural": "warstwy granic",
                "ordering": ["name"],
            },
        ),
        migrations.RunPython(make_osiedla, migrations.RunPython.noop),
        migrations.RemoveConstraint("Edition", "one_edition_from_a_moment"),
        migrations.AddField(
            "Edition",
            "layer",
            models.ForeignKey(
                default="osiedla",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions",
                to="districts.layer",
            ),
        ),
        migrations.RenameField("Edition", "published_at", "approved_at"),
        migrations.AddField("Edition", "approved_by", models.ForeignKey(**PERSON)),
        migrations.AddField("Edition", "author", models.ForeignKey(**PERSON)),
        migrations.AddField(
            "Edition",
            "based_on",
            models.ForeignKey(**PERSON | {"to": "districts.edition"}),
        ),
        migrations.AddField("Edition", "checked_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("Edition", "reason", models.TextField(blank=True)),
        migrations.AddField("Edition", "resolution", models.CharField(blank=True, max_length=100)),
        migrations.AddField("Edition", "revision", models.PositiveIntegerField(default=0)),
        migrations.AddField("Edition", "withdrawn_at", models.DateTimeField(blank=True, null=True)),
        migrations.CreateModel(
            name="Activation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("returns", models.BooleanField(default=False)),
                ("by", models.ForeignKey(**PERSON)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activations",
                        to="districts.edition",
                    ),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activations",
                        to="districts.layer",
                    ),
                ),
            ],
            options={
                "verbose_name": "wejście w życie",
                "verbose_name_plural": "wejścia w życie",
                "ordering": ["at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("layer", "at"), name="one_activation_at_an_instant"
                    )
                ],
            },
        ),
        migrations.AlterField(
            "Edition", "in_force_from", models.DateTimeField(null=True, blank=True)
        ),
        migrations.RunPython(note_activations, note_starts),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.RemoveField("Edition", "in_force_from"),
        migrations.AddConstraint(
            "Edition",
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=True, author__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False)
                & ~Q(approved_by=F("author")),
                name="approved_by_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            "Edition",
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(checked_at__isnull=False),
                name="approved_after_the_checks",
            ),
        ),
        migrations.AlterField(
            "District",
            "borough",
            models.CharField(
                blank=True,
                choices=[
                    ("Bałuty", "Bałuty"),
                    ("Górna", "Górna"),
                    ("Polesie", "Polesie"),
                    ("Śródmieście", "Śródmieście"),
                    ("Widzew", "Widzew"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField("District", "teryt", models.CharField(blank=True, max_length=20)),
        migrations.CreateModel(
            name="DraftChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "word",
                    models.CharField(
                        choices=[
                            ("uploaded", "wgrano plik"),
                            ("drawn", "zmieniono na mapie"),
                            ("mended", "naprawiono"),
                        ],
                        max_length=16,
                    ),
                ),
                ("details", models.JSONField(blank=True, default=dict)),
                ("kept", models.JSONField()),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(**PERSON)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="districts.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "zmiana szkicu",
                "verbose_name_plural": "zmiany szkiców",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "number"), name="draft_change_number_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "word",
                    models.CharField(
                        choices=[
                            ("begun", "zaczęto szkic"),
                            ("described", "opisano"),
                            ("checked", "sprawdzono"),
                            ("explained", "wyjaśniono ostrzeżenie"),
                            ("approved", "zatwierdzono"),
                            ("scheduled", "wyznaczono dzień wejścia w życie"),
                            ("unscheduled", "odwołano dzień wejścia w życie"),
                            ("activated", "wprowadzono w życie"),
                            ("returned", "przywrócono"),
                            ("withdrawn", "wycofano"),
                        ],
                        max_length=16,
                    ),
                ),
                ("details", models.JSONField(blank=True, default=dict)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", models.ForeignKey(**PERSON)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="districts.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "krok wydania granic",
                "verbose_name_plural": "kroki wydań granic",
                "ordering": ["at", "id"],
            },
        ),
    ]
