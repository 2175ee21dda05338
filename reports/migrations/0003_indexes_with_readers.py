"""Drop the indexes that no query reads, and count changes of the raised guard.

Every report that is written pays for each index of four tables. ``AlterField`` would check every
foreign key anew under a lock, so the indexes are dropped by their names.
"""

from django.db import migrations, models
from django.db.models.deletion import PROTECT

from web.kept import count_changes

# Model, field, what it refers to, further arguments, name of the index.
_UNREAD = [
    ("assignment", "unit", "units.unit", {}, "reports_assignment_unit_id_e9bd5627"),
    (
        "assignment",
        "rule",
        "catalogue.routingrule",
        {"null": True},
        "reports_assignment_rule_id_8499be2f",
    ),
    ("assignment", "district", "districts.district", {}, "reports_assignment_district_id_ce209ebc"),
    ("assignment", "edition", "districts.edition", {}, "reports_assignment_edition_id_f5d4979c"),
    ("dispatch", "unit", "units.unit", {}, "reports_dispatch_unit_id_08ce293e"),
    ("report", "unit", "units.unit", {}, "reports_report_unit_id_711212ce"),
    ("statuschange", "unit", "units.unit", {}, "reports_statuschange_unit_id_bb9bdb5d"),
]


def _drop(model: str, field: str, to: str, arguments: dict, index: str) -> migrations.RunSQL:
    related_name = "reports" if model == "report" else "+"
    return migrations.RunSQL(
        f"DROP INDEX {index}",
        f"CREATE INDEX {index} ON reports_{model} ({field}_id)",
        state_operations=[
            migrations.AlterField(
                model_name=model,
                name=field,
                field=models.ForeignKey(
                    db_index=False,
                    on_delete=PROTECT,
                    related_name=related_name,
                    to=to,
                    **arguments,
                ),
            )
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_changes_are_counted"),
        ("districts", "0010_streets"),
        ("reports", "0002_history_is_appended"),
        ("units", "0001_initial"),
    ]
    operations = [
        *(_drop(*row) for row in _UNREAD),
        # For LIKE 'abc%', which nobody asks of a reference; Django makes it with the unique index.
        migrations.RunSQL(
            "DROP INDEX reports_report_reference_012438f3_like",
            "CREATE INDEX reports_report_reference_012438f3_like"
            " ON reports_report (reference varchar_pattern_ops)",
        ),
        count_changes("reports_guardraise"),
    ]
