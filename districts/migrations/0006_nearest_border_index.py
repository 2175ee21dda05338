"""The index of border segments is built entry by entry with loose pages.

The sorted build of PostgreSQL 15 and the pages that inserts leave answer "which segment is nearest"
in twice the time. Publishing rebuilds the index, so that these options take hold.
"""

from django.db import migrations

INDEX = "districts_border_segment_4617ad91_id"


class Migration(migrations.Migration):
    dependencies = [("districts", "0005_publishing_waits_for_writers")]

    operations = [
        migrations.RunSQL(
            f"ALTER INDEX {INDEX} SET (buffering = on, fillfactor = 10); REINDEX INDEX {INDEX}",
            f"ALTER INDEX {INDEX} RESET (buffering, fillfactor)",
        )
    ]
