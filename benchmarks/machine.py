"""Starts a portal to be measured, with a database of its own, web processes and a worker."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg
import requests

ROOT = Path(__file__).resolve().parent.parent
NAME = "portal_bench"
# The number of the Redis database of the portal that is measured.
REDIS = 15


class Portal:
    """The measured portal: ``url`` is its address, ``dsn`` that of its database.

    ``root``: the folder of its code; ``name``: of its database; ``redis``: number of its database
    in Redis. Two portals may run beside each other.
    """

    def __init__(
        self, port: int, *, root: Path = ROOT, name: str = NAME, redis: int = REDIS
    ) -> None:
        self.root, self.name = root, name
        # Not the base map of this checkout, if it has one.
        self._basemap = TemporaryDirectory(prefix="portal-bench-")
        server = urlsplit(os.environ["DATABASE_URL"])
        self.url = f"http://127.0.0.1:{port}"
        self.admin_dsn = server._replace(scheme="postgresql", path="/postgres").geturl()
        self.dsn = server._replace(scheme="postgresql", path=f"/{name}").geturl()
        redis_server = os.environ["REDIS_URL"].rsplit("/", 1)[0]
        self.environment = os.environ | {
            "DATABASE_URL": server._replace(path=f"/{name}").geturl(),
            "REDIS_URL": f"{redis_server}/{redis}",
            "PORTAL_MODE": "test",
            "RATE_LIMITS": "off",
            "SITE_URL": self.url,
            "BASEMAP_DIR": self._basemap.name,
        }

    def scalar(self, statement: str):
        with psycopg.connect(self.dsn) as connection:
            return connection.execute(statement).fetchone()[0]

    def create(self) -> None:
        with psycopg.connect(self.admin_dsn, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {self.name}")
        if self.python("manage.py", "prepare", "--verbosity", "0").wait():
            raise RuntimeError("the database could not be prepared")
        # Somebody works in every unit, or what it gets would be a failed dispatch.
        self.python("manage.py", "load_demo_people", "--verbosity", "0").wait()

    def drop(self) -> None:
        with psycopg.connect(self.admin_dsn, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self._basemap.cleanup()

    @contextmanager
    def filling(self) -> Iterator[psycopg.Connection]:
        """A connection that writes many reports at once. The numbers of the map are counted at the
        end, instead of one by one; those of the work are not (``check_numbers --repair``).
        """
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            for name in ("summary_of_new", "tally_of_new"):
                connection.execute(f"ALTER TABLE reports_report DISABLE TRIGGER {name}")
            yield connection
            for name in ("summary_of_new", "tally_of_new"):
                connection.execute(f"ALTER TABLE reports_report ENABLE TRIGGER {name}")
            connection.execute("VACUUM ANALYZE reports_report")
        if self.python("manage.py", "check_map", "--repair").wait():
            raise RuntimeError("the numbers of the map could not be counted")

    def python(self, *arguments: str) -> subprocess.Popen:
        own = self.root / ".venv" / "bin" / "python"
        return subprocess.Popen(
            [str(own) if own.exists() else sys.executable, *arguments],
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def wait(self) -> None:
        for _attempt in range(900):
            try:
                if requests.get(f"{self.url}/healthz", timeout=2).ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.1)
        raise TimeoutError("the web processes did not answer")


@contextmanager
def machine(*, web_processes: int, **code: object) -> Iterator[Portal]:
    """A running portal with reference data, without reports and base map; stopped and dropped
    afterwards.

    ``code``: what ``Portal`` takes.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    portal = Portal(port, **code)
    portal.create()
    uvicorn = ("-m", "uvicorn", "geo_portal.asgi:application", "--no-access-log")
    celery = ("-m", "celery", "-A", "geo_portal", "worker")
    processes = [
        portal.python(*uvicorn, "--port", str(port), "--workers", str(web_processes)),
        portal.python(*celery, "--queues", "celery", "--concurrency", "1"),
        portal.python(
            *celery, "--queues", "photos", "--concurrency", "1", "--hostname", "photos@%h"
        ),
    ]
    try:
        portal.wait()
        yield portal
    finally:
        for process in processes:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
        portal.drop()
