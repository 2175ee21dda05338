from django.db import migrations, models


class Migration(migrations.Migration):
    # Words only: the table stays as it is.
    dependencies = [("outbox", "0002_forgotten_letters")]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "w kolejce"),
                    ("sent", "wysłana"),
                    ("failed", "nie do wysłania"),
                    ("cancelled", "odwołana"),
                ],
                default="queued",
                max_length=16,
            ),
        ),
    ]
