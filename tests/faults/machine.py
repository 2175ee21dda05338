"""A complete, separate portal whose parts a test may kill: database, broker, web, workers, beat."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import requests

ROOT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition: Callable[[], bool], *, seconds: float = 120, what: str = "") -> None:
    """Wait until ``condition`` is true, for at most ``seconds``. If it never is, an assertion names
    ``what``.
    """
    end, pause = time.monotonic() + seconds, 0.01
    while not condition():
        assert time.monotonic() < end, f"never happened in {seconds} s: {what}"
        time.sleep(pause)
        pause = min(2 * pause, 0.1)


def quiet_settings() -> dict[str, str]:
    """What the private server of a checkout leaves out of its log."""
    script = (ROOT / "bin" / "setup.d" / "postgres.sh").read_text()
    return dict(re.findall(r"^(log_\w+) = (\S+)$", script, re.MULTILINE))


class Database:
    """A PostgreSQL cluster in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.bin = Path(sorted(glob("/usr/lib/postgresql/*/bin"))[-1])
        folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        self.run("initdb", "-D", str(folder / "data"), "-U", "portal", "--auth=trust", "-E", "UTF8")
        self.start()
        self.sql("CREATE DATABASE portal", database="postgres")

    def run(self, tool: str, *arguments: str) -> None:
        command = [str(self.bin / tool), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, capture_output=True, cwd="/")

    def control(self, act: str, *arguments: str) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        options += "".join(f" -c {name}={value}" for name, value in quiet_settings().items())
        log = str(self.folder / "log")
        data = str(self.folder / "data")
        self.run("pg_ctl", act, "-D", data, "-w", "-l", log, "-o", options, *arguments)

    def start(self) -> None:
        self.control("start")

    def stop(self) -> None:
        """Stop at once without closing connections, as if the machine lost power."""
        self.control("stop", "-m", "immediate")

    def sql(self, statement: str, *parameters, database: str = "portal") -> list[tuple]:
        with self.connect(database) as connection:
            cursor = connection.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description else []

    def connect(self, database: str = "portal") -> psycopg.Connection:
        where = f"host=127.0.0.1 port={self.port} user=portal dbname={database}"
        return psycopg.connect(where, autocommit=True)


class Machine:
    """Database, Redis, web, workers and beat as processes; each can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: dict[str, subprocess.Popen] = {}
        self.redis_port, self.web_port, self.smtp_port = free_port(), free_port(), free_port()
        self.database = Database(folder / "database")
        self.url = f"http://127.0.0.1:{self.web_port}"
        # Settings of processes that are started from now on, beside those below.
        self.settings: dict[str, str] = {}

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "geo_portal.settings",
            "PORTAL_MODE": "test",
            "DATABASE_URL": f"postgis://portal@127.0.0.1:{self.database.port}/portal",
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "SITE_URL": self.url,
            "PHOTO_DIR": str(self.folder / "photos"),
            "EDITION_UPLOAD_DIR": str(self.folder / "boundaries"),
            "PROCEDURE_DIR": str(self.folder / "procedures"),
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(self.smtp_port),
            "RATE_LIMITS": "off",
            # Every report of these tests comes with the address of one person.
            "TYPED_ADDRESSES_A_DAY": "1000000",
            "LEASE_SECONDS": "3",
            "SWEEP_SECONDS": "1",
            **self.settings,
        }

    def start(self, name: str, *command: str) -> None:
        log = (self.folder / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
        )

    def kill(self, name: str) -> None:
        """Send SIGKILL. The Celery worker runs in one process (``solo``), so no children remain."""
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, check=True, cwd=ROOT, env=self.environment, capture_output=True)

    def start_redis(self) -> None:
        port = str(self.redis_port)
        self.start("redis", "redis-server", "--port", port, "--save", "", "--dir", str(self.folder))

    def start_web(self) -> None:
        uvicorn = [sys.executable, "-m", "uvicorn", "geo_portal.asgi:application"]
        self.start("web", *uvicorn, "--port", str(self.web_port), "--log-level", "warning")
        wait_for(self.answers, what="the web process answers")

    def start_worker(self) -> None:
        """The worker for all but photos."""
        self._start_celery("worker", "worker", "--queues", "celery", "--pool", "solo")

    def start_photo_worker(self) -> None:
        self._start_celery("photos", "worker", "--queues", "photos", "--pool", "solo")

    def start_beat(self) -> None:
        self._start_celery("beat", "beat", "--schedule", str(self.folder / "beat"))

    def _start_celery(self, name: str, *arguments: str) -> None:
        celery = [sys.executable, "-m", "celery", "-A", "geo_portal"]
        self.start(name, *celery, *arguments, "--loglevel", "WARNING")

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/healthz", timeout=2).ok
        except requests.ConnectionError:
            return False

    def send(self, body: dict, *, timeout: float = 20) -> requests.Response:
        return requests.post(f"{self.url}/api/v1/reports/", json=body, timeout=timeout)

    def end(self) -> None:
        for name in list(self.processes):
            self.kill(name)
        self.database.stop()


@contextmanager
def running() -> Iterator[Machine]:
    """A machine with reference data, its broker and its web process."""
    with TemporaryDirectory(prefix="machine-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # the user of PostgreSQL must be able to pass through it
        with populated(Machine(folder)) as machine:
            yield machine


@contextmanager
def populated(machine: Machine) -> Iterator[Machine]:
    try:
        machine.manage("prepare")
        # Somebody works in every unit, or what it gets would be a failed dispatch.
        machine.manage("load_demo_people")
        machine.start_redis()
        machine.start_web()
        yield machine
    finally:
        machine.end()
