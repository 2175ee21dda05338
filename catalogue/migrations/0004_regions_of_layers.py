"""A row of the annex may bind in a region of a layer of its own.

The table is small, so each lock is short.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

PLACE = (
    Q(scope="region", borough="", layer__isnull=False) & ~Q(district_code="") & ~Q(layer="osiedla")
    | Q(scope="district", borough="", layer=None) & ~Q(district_code="")
    | Q(scope="borough", district_code="", layer=None) & ~Q(borough="")
    | Q(scope="city", district_code="", borough="", layer=None)
)
# A region becomes a district row that is switched off: reports may have been routed by it.
WITHOUT_REGIONS = """
UPDATE catalogue_routingrule SET scope = 'district', layer_id = NULL, is_active = false
WHERE scope = 'region';
SET CONSTRAINTS ALL IMMEDIATE;
"""


def one_row_a_place(*fields: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=["category", "scope", *fields, "district_code", "borough"],
        condition=Q(is_active=True),
        nulls_distinct=False,
        name="one_active_rule_a_place",
    )


def place_constraint(condition: Q) -> models.CheckConstraint:
    return models.CheckConstraint(condition=condition, name="scope_names_its_place")


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_uses_of_categories"),
        ("districts", "0014_layers_and_activations"),
    ]

    operations = [
        migrations.AlterField(
            "RoutingRule",
            "scope",
            models.CharField(
                choices=[
                    ("region", "rejon"),
                    ("district", "osiedle"),
                    ("borough", "dzielnica"),
                    ("city", "całe miasto"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddField(
            "RoutingRule",
            "layer",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rules",
                to="districts.layer",
            ),
        ),
        migrations.RemoveConstraint("RoutingRule", "scope_names_its_place"),
        migrations.AddConstraint("RoutingRule", place_constraint(PLACE)),
        migrations.RemoveConstraint("RoutingRule", "one_active_rule_a_place"),
        migrations.AddConstraint("RoutingRule", one_row_a_place("layer")),
        migrations.RunSQL(migrations.RunSQL.noop, WITHOUT_REGIONS),
    ]
