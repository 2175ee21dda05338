"""Blurring becomes work that is owed, and an upload knows its parts.

A few uploads may be under way. Their parts are not named in a row, so they are forgotten, and the
device begins them again.
"""

from django.db import migrations, models
from django.db.models import Q


def forget_unfinished_uploads(apps, _schema_editor):
    apps.get_model("reports", "Upload").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_repeats_and_mailboxes")]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="to_blur",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AlterField(
            model_name="photo",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "w przygotowaniu"),
                    ("ready", "gotowe"),
                    ("blurring", "w trakcie zamazywania"),
                    ("refused", "odrzucone"),
                ],
                default="waiting",
                max_length=16,
            ),
        ),
        migrations.RemoveIndex(model_name="photo", name="photo_waiting"),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(
                condition=Q(("state__in", ("waiting", "blurring"))),
                fields=["uploaded_at"],
                name="photo_owed",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="parts",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.RunPython(forget_unfinished_uploads, forget_unfinished_uploads),
    ]
