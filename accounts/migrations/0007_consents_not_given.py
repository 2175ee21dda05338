"""A consent may be marked as not given. The database sees no difference."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_address_changes")]

    operations = [
        migrations.AlterField(
            model_name="consententry",
            name="act",
            field=models.CharField(
                choices=[
                    ("given", "udzielono"),
                    ("withdrawn", "wycofano"),
                    ("not_given", "nie udzielono"),
                ],
                max_length=16,
            ),
        ),
    ]
