"""Accounts own reports; their lists remember visits and what waits for the daily letter."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0010_streets"),
        ("reports", "0011_languages"),
        ("units", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DigestLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "wiersz listu dziennego",
                "verbose_name_plural": "wiersze listów dziennych",
                "ordering": ["change_id"],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("before", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "wizyta na liście własnych zgłoszeń",
                "verbose_name_plural": "wizyty na liście własnych zgłoszeń",
            },
        ),
        migrations.AddField(
            model_name="report",
            name="is_put_away",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="report",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reports",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="digestline",
            name="change",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="reports.statuschange",
            ),
        ),
        migrations.AddField(
            model_name="digestline",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reports.report"
            ),
        ),
        migrations.AddField(
            model_name="digestline",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="digest_lines",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="digestline",
            constraint=models.UniqueConstraint(
                fields=("user", "change"), name="change_in_digest_once"
            ),
        ),
    ]
