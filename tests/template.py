"""A database with tables and reference data, which every process of the suite copies."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import psycopg

from tests.scratch import address_of

ROOT = Path(__file__).resolve().parent.parent
# Any number that nobody else locks.
LOCK = 20_261_126


def template_database() -> str:
    """Its name. The first process that asks makes it, the others wait; it is kept for later runs
    until the code or the reference data changes. ``TEST_TEMPLATE_DATABASE`` names one to be taken
    as it is, whatever changed (``bin/mutants``).
    """
    if given := os.environ.get("TEST_TEMPLATE_DATABASE"):
        return given
    name = f"{os.environ['TEST_DATABASE_NAME']}_template"
    now = code_fingerprint()
    with psycopg.connect(address_of("postgres"), autocommit=True) as outside:
        outside.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if _made_of(outside, name) != now:
            outside.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            outside.execute(f"CREATE DATABASE {name}")
            environment = os.environ | {"DATABASE_URL": address_of(name, "postgis")}
            prepare = [sys.executable, "manage.py", "prepare"]
            done = subprocess.run(
                prepare, check=False, cwd=ROOT, env=environment, capture_output=True, text=True
            )
            if done.returncode:
                raise RuntimeError(f"manage.py prepare failed:\n{done.stderr[-3000:]}")
            outside.execute(f"COMMENT ON DATABASE {name} IS '{now}'")
    return name


def _made_of(outside: psycopg.Connection, name: str) -> str | None:
    row = outside.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return row and row[0]


def code_fingerprint() -> str:
    """Of everything that may change what the template holds: the code and the reference data."""
    found = sha256()
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.py", "fixtures", ":!tests"],
        check=True, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    for path in sorted(set(listed.stdout.splitlines())):
        file = ROOT / path
        if file.is_file():
            found.update(path.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()
