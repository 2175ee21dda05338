"""The planner knows how rare a word is.

With a hundred samples it took a word of each thousandth report for one of each fiftieth, and read the
list in order until it had found enough of them: more than a second at a million reports. The cost of
the function, which 0025 raised, says nothing to it, because it looks inside. Collecting the samples
takes some twenty seconds at a million reports; nobody waits for it.
"""

from django.db import migrations

_WORDS = "ALTER FUNCTION reports_words(text, text, jsonb, text) COST"
_SAMPLES = "ALTER INDEX report_words ALTER COLUMN 1 SET STATISTICS"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("reports", "0025_lists_at_a_million")]

    operations = [
        migrations.RunSQL(f"{_WORDS} 100", f"{_WORDS} 1000"),
        migrations.RunSQL(f"{_SAMPLES} 1000", f"{_SAMPLES} -1"),
        migrations.RunSQL("ANALYZE reports_report", migrations.RunSQL.noop),
    ]
