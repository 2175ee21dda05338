"""Each report keeps the nearest address, as it was when its place was written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_photos_are_blurred_in_the_worker")]

    operations = [
        migrations.AddField("report", "near", models.JSONField(blank=True, default=dict)),
    ]
