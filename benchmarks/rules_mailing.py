"""New rules: preparing letters to 50,000 residents, from publication until the last row is written.

One process, as in the worker; each letter is then a complete message in the outbox.
"""

import subprocess
import sys

import psycopg

from benchmarks.machine import ROOT, machine

RESIDENTS = 50_000
PEOPLE = """
INSERT INTO accounts_user
    (password, is_superuser, username, first_name, last_name, email, is_staff, is_active,
     date_joined, username_key, email_key, language, notices, newsletter, rules_accepted_id,
     blocked_reason)
SELECT '!', false, 'person' || n, '', '', 'person' || n || '@example.org', false, true, now(),
    'person' || n, 'person' || n || '@example.org',
    (ARRAY['pl', 'pl', 'pl', 'en', 'uk'])[1 + n % 5],
    'each', false, (SELECT max(id) FROM regulations_version WHERE kind = 'rules'), ''
FROM generate_series(1, {number}) AS n
"""
PUBLISH = """
INSERT INTO regulations_version (kind, number, title, body, published_at, in_force_from)
VALUES ('rules', '99.0', 'Regulamin', 'Nowy', now(), now() + interval '14 days')
"""
TELL = """
import time
from accounts.rules.announcing import announce_rules
begin = time.perf_counter()
count = announce_rules()
print(count, time.perf_counter() - begin)
"""


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, target)."""
    with machine(web_processes=1) as portal:
        with psycopg.connect(portal.dsn, autocommit=True) as connection:
            connection.execute(PEOPLE.format(number=RESIDENTS))
            connection.execute(PUBLISH)
            connection.execute("VACUUM ANALYZE accounts_user")
        count, seconds = tell(portal)
        again, idle = tell(portal)
        letters = portal.scalar("SELECT count(*) FROM outbox_letter WHERE key LIKE 'rules:%'")
    assert (count, again, letters) == (RESIDENTS, 0, RESIDENTS)
    return [
        (f"{RESIDENTS:,} letters prepared", f"{seconds:.1f} s", "≤ 30 s"),
        ("the next sweep, with nothing to do", f"{idle * 1000:.0f} ms", "–"),
    ]


def tell(portal) -> tuple[int, float]:
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", TELL]
    done = subprocess.run(
        command, cwd=ROOT, env=portal.environment, capture_output=True, text=True, check=True
    )
    count, seconds = done.stdout.split()[-2:]
    return int(count), float(seconds)
