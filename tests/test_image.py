"""The steps of the Dockerfile, run without an engine as far as they go: on the packages of the
image alone, with the environment that compose gives it.

What an engine would add (the base images, their users, the network between services) is not tried.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
import requests
import yaml

from tests.faults.machine import free_port, wait_for
from tests.scratch import address_of, scratch_database

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ROOT = Path(__file__).parent.parent
# Without the lines that continue another.
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def step(beginning: str) -> str:
    """The one RUN whose command begins like this."""
    (found,) = re.findall(rf"^RUN ({re.escape(beginning)}.*)$", DOCKERFILE, re.MULTILINE)
    return found


def run(command: str | list[str], folder: Path, **environment: str) -> None:
    done = subprocess.run(
        ["sh", "-ec", command] if isinstance(command, str) else command,
        cwd=folder,
        env={"HOME": str(folder)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


def copy_what_the_build_sees(target: Path) -> None:
    """``COPY . .``: all files but those that .dockerignore leaves out."""
    ignored = (ROOT / ".dockerignore").read_text().split()
    listed = ["git", "ls-files", "-co", "--exclude-standard"]
    for name in subprocess.run(
        listed, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split():
        if any(fnmatch(name, part) or name.startswith(f"{part}/") for part in ignored):
            continue
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def link_node_packages(target: Path) -> None:
    """``npm ci --omit=dev``: the packages that are not only for development."""
    asked = ["npm", "ls", "--omit=dev", "--all", "--parseable"]
    paths = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    here = ROOT / "node_modules"
    for path in (Path(line) for line in paths.splitlines() if line.startswith(f"{here}/")):
        linked = target / "node_modules" / path.relative_to(here)
        linked.parent.mkdir(parents=True, exist_ok=True)
        if not linked.exists():
            linked.symlink_to(path)
    (target / "node_modules" / ".bin").mkdir()
    (target / "node_modules" / ".bin" / "esbuild").symlink_to(here / ".bin" / "esbuild")


@pytest.fixture(scope="module")
def image(tmp_path_factory) -> Path:
    """A folder with ``app``, ``venv`` and ``static`` as the last stage has them."""
    folder = tmp_path_factory.mktemp("image")
    app, venv = folder / "app", folder / "venv"
    copy_what_the_build_sees(app)
    link_node_packages(app)
    run(step("npm run build"), app, PATH=os.environ["PATH"])
    uv = str(ROOT / "var" / "uv" / "bin" / "uv")
    run([uv, "venv", "-q", "--python", sys.base_prefix, str(venv)], folder)
    # The cache and the registry of whoever runs the tests.
    outside = os.environ | {"VIRTUAL_ENV": str(venv)}
    packages = str(app / "requirements" / "base.txt")
    run([uv, "pip", "sync", "-q", "--require-hashes", packages], folder, **outside)
    built = step("export PORTAL_MODE=demo").replace("=/static", f"={folder}/static")
    run(built, app, PATH=f"{venv}/bin:/usr/bin:/bin", DJANGO_SETTINGS_MODULE="geo_portal.settings")
    return folder


@pytest.fixture
def environment(image, tmp_path) -> Iterator[dict[str, str]]:
    """What compose gives the process ``web``, with a new database."""
    given = {
        "DATABASE_PASSWORD": "letters1",
        "REDIS_PASSWORD": "letters2",
        "SECRET_KEY": "k" * 60,
        "CONSENT_HASH_KEY": "h" * 60,
    }
    with scratch_database() as scratch:
        settings = {
            name: re.sub(
                r"\$\{(\w+)(?::[-?]([^}]*))?\}",
                lambda found: given.get(found[1], found[2] or ""),
                str(value),
            )
            for name, value in COMPOSE["web"]["environment"].items()
        }
        assert "$" not in "".join(settings.values())
        yield settings | {
            "DATABASE_URL": address_of(scratch.settings_dict["NAME"], "postgis"),
            "REDIS_URL": os.environ["REDIS_URL"],
            "PHOTO_DIR": str(tmp_path / "photos"),
            "VAR_DIR": str(tmp_path),
            "STATIC_ROOT": str(image / "static"),
            "DJANGO_SETTINGS_MODULE": "geo_portal.settings",
            # What .env must hold.
            "ALLOWED_HOSTS": "portal.example",
            "MAIL_FROM": "portal@portal.example",
            "METRICS_TOKEN": "m" * 40,
            "SITE_URL": "https://portal.example",
            "SMTP_HOST": "mail.example",
            "PATH": f"{image}/venv/bin:/usr/bin:/bin",
        }


def test_nothing_of_development_is_left_in_the_image(image):
    left = {path.name for path in (image / "app").iterdir()}
    assert {"tests", "benchmarks", "node_modules", "var", ".git", ".venv"} & left == set()
    assert not (image / "venv" / "bin" / "pytest").exists()


def test_the_image_prepares_a_database_and_answers_for_its_health(image, environment, tmp_path):
    app, port = image / "app", free_port()
    (tmp_path / "photos").mkdir()
    run(COMPOSE["migrate"]["command"], app, **environment)
    (command,) = re.findall(r'^CMD \["sh", "-c", "(python.*)"\]$', DOCKERFILE, re.MULTILINE)
    command = command.replace("--port 8000", f"--port {port}").replace("0.0.0.0", "127.0.0.1")
    with open(tmp_path / "log", "w") as log:
        web = subprocess.Popen(
            ["sh", "-c", command], cwd=app, env=environment | {"WEB_WORKERS": "1"},
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip

    def answers() -> bool:
        assert web.poll() is None, (tmp_path / "log").read_text()
        try:
            return requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5).status_code == 200
        except requests.ConnectionError:
            return False

    try:
        wait_for(answers, what="the image answers for its health")
    finally:
        web.terminate()
        web.wait()
