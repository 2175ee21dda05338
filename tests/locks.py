"""Who waits for whom: so that a test can let several acts collide at one moment."""

from django.db import connection


def number_waiting() -> int:
    """How many connections to this database wait for a lock. It may be asked in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]
