"""An assignment keeps the region of another layer by which it was decided, and the activation of
new boundaries that made the portal decide again. The new columns are empty, so nothing is rewritten.
"""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

_REFERENCE = {
    "db_index": False,
    "null": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
}


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("districts", "0014_layers_and_activations"),
        ("reports", "0009_indexes_of_the_panel"),
    ]

    operations = [
        migrations.AddField(
            "assignment", "region", models.ForeignKey(**_REFERENCE, to="districts.district")
        ),
        migrations.AddField(
            "assignment", "activation", models.ForeignKey(**_REFERENCE, to="districts.activation")
        ),
        AddIndexConcurrently(
            "assignment",
            models.Index(
                condition=models.Q(activation__isnull=False),
                fields=["activation"],
                name="assignment_activation",
            ),
        ),
    ]
