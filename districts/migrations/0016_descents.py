"""Which district came from which is written with an edition, and fixed when it is approved."""

import django.db.models.deletion
from django.db import migrations, models

GUARD = """
CREATE TRIGGER descent_fixed BEFORE INSERT OR UPDATE OR DELETE ON districts_descent
    FOR EACH ROW EXECUTE FUNCTION districts_belongings_are_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("districts", "0015_editions_start_and_stay")]

    operations = [
        migrations.CreateModel(
            name="Descent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source_code", models.SlugField(blank=True, db_index=False, max_length=60)),
                ("code", models.SlugField(blank=True, db_index=False, max_length=60)),
                (
                    "word",
                    models.CharField(
                        choices=[
                            ("kept", "zostaje przy swoim"),
                            ("moved", "zmienia osiedle"),
                            ("split", "wydzielone do nowego"),
                            ("merged", "włączone w całości"),
                            ("renamed", "ma nową nazwę"),
                            ("outside", "wchodzi w granice albo z nich wychodzi"),
                        ],
                        max_length=16,
                    ),
                ),
                ("m2", models.FloatField()),
                ("share", models.FloatField()),
                ("part", models.FloatField()),
                ("residents", models.PositiveIntegerField(blank=True, null=True)),
                ("residents_share", models.FloatField(blank=True, null=True)),
                (
                    "before",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="districts.edition",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="descents",
                        to="districts.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "pochodzenie osiedla",
                "verbose_name_plural": "pochodzenie osiedli",
                "ordering": ["source_code", "-m2", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "source_code", "code"), name="one_descent_a_pair"
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARD, "DROP TRIGGER descent_fixed ON districts_descent"),
    ]
