"""How often a category is used is counted once a day and kept with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_changes_are_counted")]
    operations = [
        migrations.AddField(
            model_name="category",
            name="uses",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
