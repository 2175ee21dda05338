"""Switches of functions, which are only appended, and technical breaks, which do not overlap."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from web.kept import count_changes

APPENDED = """
CREATE TRIGGER switch_appended BEFORE UPDATE OR DELETE ON web_switchchange
    FOR EACH ROW EXECUTE FUNCTION accounts_ledger_is_appended();
"""
NOT_APPENDED = "DROP TRIGGER switch_appended ON web_switchchange"


def sentence() -> models.TextField:
    return models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(300)])


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0001_revision"),
        # The function by which ledgers refuse to be edited.
        ("accounts", "0002_ledgers_are_appended"),
    ]
    operations = [
        migrations.CreateModel(
            name="SwitchChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sentence", sentence()),
                ("sentence_en", sentence()),
                ("sentence_uk", sentence()),
                ("function", models.CharField(max_length=20)),
                ("is_on", models.BooleanField()),
                ("expected_at", models.DateTimeField(blank=True, null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "przełączenie funkcji",
                "verbose_name_plural": "przełączenia funkcji",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["function", "-id"], name="switch_latest")],
            },
        ),
        migrations.CreateModel(
            name="Break",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sentence", sentence()),
                ("sentence_en", sentence()),
                ("sentence_uk", sentence()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "przerwa techniczna",
                "verbose_name_plural": "przerwy techniczne",
                "ordering": ["starts_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="break_ends_after_its_start",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        expressions=[
                            (
                                models.Func(
                                    "starts_at",
                                    "ends_at",
                                    function="tstzrange",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            )
                        ],
                        name="breaks_do_not_overlap",
                    ),
                ],
            },
        ),
        migrations.RunSQL(APPENDED, NOT_APPENDED),
        count_changes("web_switchchange"),
        count_changes("web_break"),
    ]
