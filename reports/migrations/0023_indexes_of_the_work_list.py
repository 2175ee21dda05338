"""Staff find reports by any filter, in order and by words. Writers do not wait for the indexes.

The function has the words of a report as ``reports.words`` folds them. ``report_open`` and
``report_newest`` hold every column that a filter asks about, so that a page is found without
reading the reports that it leaves out. They take the place of four narrower ones.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

from reports.words import Words

_FUNCTION = """
CREATE FUNCTION reports_words(description text, address text, near jsonb, reference text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT lower(translate(
        description || ' ' || address || ' ' || coalesce(near ->> 'address', '')
            || ' ' || reference || ' ' || replace(reference, '-', ''),
        'ĄĆĘŁŃÓŚŹŻąćęłńóśźż', 'ACELNOSZZacelnoszz'))
$$
"""
_FINAL = ("resolved", "rejected", "passed_on", "duplicate")
_NEW = [
    GinIndex(OpClass(Words(), name="gin_trgm_ops"), name="report_words"),
    models.Index(
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
        ],
        condition=~models.Q(status__in=_FINAL),
        name="report_open",
    ),
    models.Index(
        fields=["-created_at", "-id"],
        include=["unit", "category", "district", "status", "is_hidden", "expected_by"],
        name="report_newest",
    ),
    models.Index(fields=["unit", "-created_at", "-id"], name="report_of_unit"),
]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("reports", "0022_answer_templates"),
        # pg_trgm
        ("districts", "0010_streets"),
    ]

    operations = [
        migrations.RunSQL(_FUNCTION, "DROP FUNCTION reports_words(text, text, jsonb, text)"),
        *[AddIndexConcurrently("report", index) for index in _NEW],
        RemoveIndexConcurrently("report", "report_public"),
        RemoveIndexConcurrently("report", "report_unit_queue"),
        RemoveIndexConcurrently("report", "report_waiting"),
        RemoveIndexConcurrently("report", "report_nobodys"),
    ]
