from django.db import migrations


class Migration(migrations.Migration):
    # Words only: the table stays as it is.
    dependencies = [("reports", "0010_assignments_say_by_which_region")]

    operations = [
        migrations.AlterModelOptions(
            name="guardraise",
            options={
                "verbose_name": "włączenie ochrony",
                "verbose_name_plural": "włączenia ochrony",
            },
        ),
    ]
