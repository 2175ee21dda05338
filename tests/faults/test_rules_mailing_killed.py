"""The mailing of new rules is killed half-way. The next one goes on; nobody gets two letters."""

import sys

from tests.faults.machine import Machine, wait_for

RESIDENTS = 6_000
PEOPLE = f"""
INSERT INTO accounts_user
    (password, is_superuser, username, first_name, last_name, email, is_staff, is_active,
     date_joined, username_key, email_key, language, notices, newsletter, rules_accepted_id,
     blocked_reason)
SELECT '!', false, 'p' || n, '', '', 'p' || n || '@example.org', false, true, now(), 'p' || n,
    'p' || n || '@example.org', 'pl', 'each', false,
    (SELECT max(id) FROM regulations_version WHERE kind = 'rules'), ''
FROM generate_series(1, {RESIDENTS}) AS n
"""
PUBLISH = """
INSERT INTO regulations_version (kind, number, title, body, published_at, in_force_from)
VALUES ('rules', '99.0', 'Regulamin', 'Nowy', now(), now() + interval '14 days')
"""
TELL = "from accounts.rules.announcing import announce_rules; announce_rules()"


def count(machine: Machine, table: str, where: str = "true") -> int:
    return machine.database.sql(f"SELECT count(*) FROM {table} WHERE {where}")[0][0]


def letters(machine: Machine) -> int:
    return count(machine, "outbox_letter", "key LIKE 'rules:%'")


def test_a_killed_mailing_is_resumed(machine):
    machine.database.sql(PEOPLE)
    machine.database.sql(PUBLISH)
    for _time in range(2):
        before = letters(machine)
        machine.start("mailing", sys.executable, "manage.py", "shell", "-v", "0", "-c", TELL)
        wait_for(lambda before=before: letters(machine) > before, what="a batch is written")
        machine.kill("mailing")
        assert 0 < letters(machine) < RESIDENTS
        assert letters(machine) == count(machine, "accounts_rulesnotice")
    machine.manage("shell", "-v", "0", "-c", TELL)
    machine.manage("shell", "-v", "0", "-c", TELL)
    # And the residents of the demo.
    told = count(machine, "accounts_user", "rules_accepted_id IS NOT NULL")
    assert told > RESIDENTS
    assert letters(machine) == count(machine, "accounts_rulesnotice") == told
    once = "SELECT count(DISTINCT recipients::text) FROM outbox_letter"
    assert machine.database.sql(once)[0][0] == told
    # Not TRUNCATE: what refers to people holds the editions of boundaries too.
    machine.database.sql("TRUNCATE accounts_rulesnotice, account_emailaddress CASCADE")
    machine.database.sql("DELETE FROM accounts_user WHERE username ~ '^p[0-9]+$'")
