"""Staff's lists hold at a million reports.

A report's own row says what makes the operator decide about it, instead of its assignments. The
past is written in batches, each a transaction of its own; writers do not wait for the index.

The new index takes the place of ``report_open``: it has the two columns as well. The words of a
report cost what they cost, so that the planner looks into their index before it reads rows.
"""

from django.contrib.postgres.indexes import GistIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

_AT_ONCE = 20_000
# As ``reports.assigning.give`` writes it with each assignment.
_FILL = """
UPDATE reports_report SET hand_overs = given.hands, to_operator = given.way
FROM (
    SELECT report_id, count(*) FILTER (WHERE rule_id IS NULL AND by_id IS NOT NULL) AS hands,
        (array_agg(CASE
            WHEN given.mode <> 'operator' THEN ''
            WHEN rule_id IS NULL THEN 'hand'
            WHEN rule.category_id IS NULL THEN 'catch_all'
            ELSE 'category'
        END ORDER BY given.at DESC, given.id DESC))[1] AS way
    FROM reports_assignment given LEFT JOIN catalogue_routingrule rule ON rule.id = given.rule_id
    WHERE report_id > %s AND report_id <= %s GROUP BY report_id
) given
WHERE reports_report.id = given.report_id
    AND (hand_overs, to_operator) IS DISTINCT FROM (given.hands, given.way)
"""
_FINAL = ("resolved", "rejected", "passed_on", "duplicate")
_INDEX = models.Index(
    fields=["expected_by", "created_at", "id"],
    include=[
        "unit",
        "category",
        "district",
        "status",
        "is_hidden",
        "assignee",
        "asked_on",
        "called_again_at",
        "metres_to_border",
        "side",
        "to_operator",
        "hand_overs",
    ],
    condition=~models.Q(status__in=_FINAL),
    name="report_work",
)


# In SQL, because GeoDjango leaves the condition out of an index of places.
_PLACES = f"""
CREATE INDEX CONCURRENTLY report_open_places ON reports_report
USING gist (location) WHERE status NOT IN {_FINAL}
"""
_WORDS = "ALTER FUNCTION reports_words(text, text, jsonb, text) COST"


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM reports_report")
        last = cursor.fetchone()[0]
        for first in range(0, last, _AT_ONCE):
            cursor.execute(_FILL, [first, first + _AT_ONCE])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("reports", "0024_tallies"),
        ("catalogue", "0007_what_is_asked_of_a_result"),
    ]

    operations = [
        migrations.AddField(
            "report",
            "to_operator",
            models.CharField(
                blank=True,
                choices=[
                    ("hand", "By Hand"),
                    ("catch_all", "Catch All"),
                    ("category", "By Category"),
                ],
                db_default="",
                max_length=16,
            ),
        ),
        migrations.AddField(
            "report", "hand_overs", models.PositiveSmallIntegerField(db_default=0, default=0)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        AddIndexConcurrently("report", _INDEX),
        RemoveIndexConcurrently("report", "report_open"),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(_PLACES, "DROP INDEX CONCURRENTLY IF EXISTS report_open_places")
            ],
            state_operations=[
                migrations.AddIndex(
                    "report",
                    GistIndex(
                        condition=~models.Q(status__in=_FINAL),
                        fields=["location"],
                        name="report_open_places",
                    ),
                )
            ],
        ),
        migrations.RunSQL(f"{_WORDS} 1000", f"{_WORDS} 100"),
    ]
