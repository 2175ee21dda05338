"""Staff write memos about a report, which the database lets nobody edit."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION reports_memo_is_appended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a memo is appended, never edited' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER memo_appended BEFORE UPDATE ON reports_memo
    FOR EACH ROW EXECUTE FUNCTION reports_memo_is_appended();
"""
BACK = """
DROP TRIGGER memo_appended ON reports_memo;
DROP FUNCTION reports_memo_is_appended();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0017_indexes_of_assignees"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Memo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=2000)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memos",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "notatka",
                "verbose_name_plural": "notatki",
                "ordering": ["at", "id"],
            },
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
