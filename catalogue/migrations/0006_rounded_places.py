"""A category says whether the public sees its places only roughly."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_annex_proposals")]

    operations = [
        migrations.AddField(
            "category", "is_place_rounded", models.BooleanField(default=False, db_default=False)
        )
    ]
