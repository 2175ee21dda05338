"""A report keeps the fingerprint of what was submitted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_history_is_appended")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="fingerprint",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
