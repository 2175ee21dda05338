"""A second call has a time limit and words of its own; a correction is told to the unit alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_place_in_words")]

    operations = [
        migrations.AddField(
            "report", "called_again_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField("verdict", "text", models.TextField(blank=True, max_length=2000)),
        migrations.AddField("dispatch", "is_correction", models.BooleanField(default=False)),
    ]
