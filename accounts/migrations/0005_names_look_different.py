"""Everybody has a key now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_keys_and_addresses")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="username_key",
            field=models.CharField(editable=False, max_length=400, unique=True),
        ),
    ]
