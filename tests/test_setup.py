"""Locks, stamps and ports of the set-up, so that everybody installs the same."""

import json
import os
import re
import shutil
import socket
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ["uv", "base", "dev", "ogc", "basemap"]


PARTS = " ".join(f"'{part}'" for part in (ROOT / "bin" / "setup.d").glob("[!a]*.sh"))


def in_setup(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run bash with the parts of the set-up sourced."""
    lines = f"set -euo pipefail; ROOT='{ROOT}'; for part in {PARTS}; do . $part; done; {script}"
    return subprocess.run(
        ["bash", "-c", lines, "bash", *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", LOCKS)
def test_each_python_package_is_locked_with_hashes(name):
    lock = (ROOT / "requirements" / f"{name}.txt").read_text()
    for package in re.findall(r"^\w.*==.*$", lock, re.MULTILINE):
        assert package.rstrip().endswith("\\"), package


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_registry(name):
    assert "://" not in (ROOT / "requirements" / f"{name}.txt").read_text()


def test_the_front_end_lock_names_no_registry_and_has_hashes():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    outside = {name: one for name, one in packages.items() if name}
    assert all("integrity" in one for one in outside.values())
    assert not any("resolved" in one for one in outside.values())


def test_a_step_without_a_stamp_is_not_done(tmp_path):
    assert in_setup('stamped "$1" print', str(tmp_path / "stamp")).returncode == 1


def test_a_stamp_of_another_lock_does_not_count(tmp_path):
    script = 'stamp "$1" old; stamped "$1" old && ! stamped "$1" new'
    assert in_setup(script, str(tmp_path / "stamp")).returncode == 0


def test_fingerprints_differ_between_checkouts(tmp_path):
    lock = tmp_path / "lock"
    lock.write_text("package")
    script = 'one=$(fingerprint "$1"); ROOT=/elsewhere; [ "$one" != "$(fingerprint "$1")" ]'
    assert in_setup(script, str(lock)).returncode == 0


def test_a_taken_port_is_seen_and_a_free_one_found():
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        assert in_setup(f"port_is_taken {taken}").returncode == 0
    free = in_setup("free_port").stdout.strip()
    assert in_setup(f"port_is_taken {free}").returncode == 1


def test_a_pid_that_belongs_to_another_program_is_not_our_server(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "postmaster.pid").write_text("1\n")
    done = in_setup(f"PG_HOME={tmp_path}; server_pid")
    assert (done.returncode, done.stdout) == (0, "")


def test_without_rights_the_exact_line_is_printed():
    script = "is_root() { false; }; sudo() { false; }; apt-get() { :; }; install_packages gettext"
    done = in_setup(script)
    assert done.returncode == 1
    assert "sudo apt-get install --no-install-recommends -y gettext" in done.stderr


def test_a_machine_without_postgres_is_no_fault(tmp_path):
    """On a new machine the first thing that bin/run said was that it had stopped."""
    for program in ("sort", "head", "grep"):
        (tmp_path / program).symlink_to(shutil.which(program))
    script = """
      set -E; trap 'echo stopped >&2' ERR
      PG_SHARE=$1 PATH=$1; find_postgres || echo none
    """
    done = in_setup(script, str(tmp_path))
    assert (done.stdout, done.stderr) == ("none\n", "")


@pytest.fixture
def checkout():
    """A copy of the set-up that belongs to an ordinary user; its folder, and how to become them."""
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / "bin", copy / "bin")
        (copy / "var").mkdir()
        become = []
        if os.geteuid() == 0:
            become = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
            for path in [copy, *copy.rglob("*")]:
                os.chown(path, 65534, 65534)
        yield copy, become


def test_an_ordinary_user_gets_services_of_their_own(checkout):
    folder, become = checkout
    script = """
      . bin/setup.d/all.sh
      is_root && fail "this is root"
      exec 6>>var/test.lock 7>>var/run.lock
      find_postgres; lock_setup; need_local_env; need_cluster; unlock_setup
      start_services
      need_database portal
      psql_portal portal -Atc "create extension postgis; select 'database of ' || current_user"
      redis ping
      redis_pid=$(redis info server | tr -d '\r' | sed -n 's/^process_id://p')
      for server in "$(server_pid)" "$redis_pid"; do
        ls -l "/proc/$server/fd" | grep -F .lock || echo no lock
      done
      stat -c %u "$PG_HOME/data" var/redis
    """
    done = subprocess.run(
        [*become, "bash", "-euo", "pipefail", "-c", script],
        cwd=folder, env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    owner = str(folder.stat().st_uid)
    told = ["database of portal", "PONG", "no lock", "no lock", owner, owner]
    assert done.stdout.splitlines()[-6:] == told
    assert done.stderr == ""
    assert not (folder / "var" / "postgres" / "data" / "postmaster.pid").exists()


@pytest.mark.parametrize("command", ["setup", "run", "test", "check", "bench"])
def test_each_command_can_be_run(command):
    path = ROOT / "bin" / command
    assert path.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", str(path)], check=False).returncode == 0
