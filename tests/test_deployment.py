"""The compose file, the image and .env.example agree with the settings in the code."""

import ast
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import global_settings, settings

from geo_portal.celery import app
from tests.faults.machine import free_port, quiet_settings, wait_for
from tests.test_architecture import APPS, sources
from web import health

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
OF_LIBRARIES = (
    "ACCOUNT_",
    "ALLAUTH_",
    "CELERY_",
    "CONTENT_SECURITY_POLICY",
    "GDAL_LIBRARY_PATH",
    "GEOS_LIBRARY_PATH",
    "LEAFLET_CONFIG",
    "MFA_",
    "REST_FRAMEWORK",
    "ROOT_URLCONF",
    "SPECTACULAR_SETTINGS",
    "USERSESSIONS_",
    "WHITENOISE_",
)
COMPOSE_ONLY = {
    "DATABASE_PASSWORD",
    "HTTPS_PORT",
    "HTTP_PORT",
    "PHOTO_PROCESSES",
    "PORTAL_MEMORY",
    "PORTAL_TAG",
    "REDIS_PASSWORD",
    "SITE_ADDRESS",
    "WEB_WORKERS",
    "WORKER_PROCESSES",
}


def settings_read() -> set[str]:
    """Names that geo_portal/settings reads through ``env.<type>("NAME")``."""
    return {
        node.args[0].value
        for path in (ROOT / "geo_portal" / "settings").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
    }


def settings_listed() -> set[str]:
    return set(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", EXAMPLE, re.MULTILINE))


def names_in(text: str) -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+)", text))


def test_every_setting_in_the_code_is_listed():
    assert settings_read() - settings_listed() == set()


def test_every_listed_setting_is_read_by_somebody():
    assert settings_listed() - settings_read() == COMPOSE_ONLY


def test_every_setting_has_a_reader():
    """Our code, another setting, a published text, Django or a library."""
    folder = ROOT / "geo_portal" / "settings"
    nodes = [node for path in folder.glob("*.py") for node in ast.walk(ast.parse(path.read_text()))]
    names = [node for node in nodes if isinstance(node, ast.Name) and node.id.isupper()]
    assigned = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    read_by_settings = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    ours = [path.read_text() for app in APPS if app != "geo_portal" for path in sources(app)]
    ours += [path.read_text() for path in ROOT.glob("geo_portal/*.py")]
    texts = [text.read_text() for text in ROOT.glob("fixtures/regulations/*.md")]
    read_by_us = set(re.findall(r"settings\.([A-Z][A-Z0-9_]+)", "\n".join(ours)))
    named_in_texts = set(re.findall(r"\$\{([A-Z_]+)\}", "\n".join(texts)))
    unread = {
        name
        for name in assigned - read_by_settings - read_by_us - named_in_texts
        if not hasattr(global_settings, name) and not name.startswith(OF_LIBRARIES)
    }
    assert unread == set()


def test_every_part_of_the_example_begins_with_its_meaning():
    for part in EXAMPLE.strip().split("\n\n"):
        assert part.startswith("# "), part


def test_the_example_holds_no_secret():
    filled = re.findall(r"^(\w*(?:SECRET|KEY|PASSWORD|TOKEN)\w*)=(.+)$", EXAMPLE, re.MULTILINE)
    assert filled == []


def test_compose_takes_only_listed_settings():
    assert names_in((ROOT / "docker-compose.yml").read_text()) - settings_listed() == set()


def test_compose_has_every_process_of_the_local_run():
    local = set(re.findall(r"^(\w+):", (ROOT / "deploy" / "Procfile").read_text(), re.MULTILINE))
    assert local - {"mail"} <= set(COMPOSE["services"])


@pytest.mark.parametrize("file", ["deploy/Procfile", "docker-compose.yml"])
def test_every_celery_queue_has_workers_of_its_own(file):
    """Dispatch and letters never wait for a picture."""
    queues = re.findall(r"celery .* worker .*?--queues (\S+)", (ROOT / file).read_text())
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    assert sorted(queues) == sorted({app.conf.task_default_queue} | routed)
    assert settings.CELERY_TASK_ROUTES["reports.process_photos"]["queue"] == "photos"


@pytest.mark.parametrize("process", ["migrate", "web", "worker", "photos", "beat"])
def test_compose_runs_each_process_from_one_image_in_production(process):
    service = COMPOSE["services"][process]
    assert service["image"] == COMPOSE["services"]["web"]["image"]
    assert service["environment"]["PORTAL_MODE"] == "production"


@pytest.mark.parametrize("service", ["db", "redis", "proxy"])
def test_outside_images_are_pinned_by_tag(service):
    tag = COMPOSE["services"][service]["image"].partition(":")[2]
    assert tag not in {"", "latest"}


@pytest.mark.parametrize("service", sorted(COMPOSE["services"]))
def test_every_service_has_a_bound_of_memory(service):
    assert COMPOSE["services"][service]["deploy"]["resources"]["limits"]["memory"]


@pytest.mark.parametrize("process", ["migrate", "web", "worker", "beat"])
def test_redis_asks_for_a_password_that_has_no_default(process):
    assert "redis://:${REDIS_PASSWORD:?" in COMPOSE["services"][process]["environment"]["REDIS_URL"]
    server = COMPOSE["services"]["redis"]
    assert server["environment"]["REDISCLI_AUTH"].startswith("${REDIS_PASSWORD:?")


def test_the_command_of_compose_starts_a_redis_that_wants_the_password():
    """The real command, on another port: an answer only with the password."""
    port, password = str(free_port()), "letters1and2digits"
    command = [part.replace("$$", "$") for part in COMPOSE["services"]["redis"]["command"]]
    command[-1] = command[-1].replace("--save", f"--port {port} --save")
    server = subprocess.Popen(
        command, env=os.environ | {"REDISCLI_AUTH": password}, stdout=subprocess.DEVNULL
    )

    def ping(**given: str) -> str:
        environment = {"PATH": os.environ["PATH"]} | given
        asked = ["redis-cli", "-p", port, "ping"]
        return subprocess.run(
            asked, env=environment, capture_output=True, text=True, check=False
        ).stdout

    try:
        wait_for(lambda: "PONG" in ping(REDISCLI_AUTH=password), what="redis answers")
        assert "NOAUTH" in ping()
        assert password not in Path(f"/proc/{server.pid}/cmdline").read_text()
    finally:
        server.terminate()
        server.wait()


def test_the_server_runs_behind_the_bounded_protocol():
    local = (ROOT / "deploy" / "Procfile").read_text()
    for text in (local, DOCKERFILE):
        assert "--http web.protocol:BoundedProtocol" in text


def test_who_asks_for_health_waits_longer_than_an_answer_may_take():
    """Else a "no" would never be read, and the check could not say why."""
    slowest = health._PATIENCE
    asked = re.search(r"HEALTHCHECK .*--timeout=(\d+)s.*\\\n.*timeout=(\d+)\)", DOCKERFILE)
    assert slowest < int(asked[2]) < int(asked[1])
    proxy = (ROOT / "deploy" / "Caddyfile").read_text()
    assert slowest < int(re.search(r"health_timeout (\d+)s", proxy)[1])


def test_the_proxy_counts_as_the_trusted_one():
    assert COMPOSE["services"]["web"]["environment"]["TRUSTED_PROXIES"] == "${TRUSTED_PROXIES:-1}"


def test_only_the_proxy_is_open_to_the_outside():
    assert [name for name, one in COMPOSE["services"].items() if "ports" in one] == ["proxy"]


def test_both_servers_keep_what_people_typed_out_of_their_log():
    compose = dict(re.findall(r"-c (log_\w+)=(\S+)", COMPOSE["services"]["db"]["command"]))
    assert compose == quiet_settings()
    assert len(compose) == 6


def test_the_image_runs_as_an_ordinary_user():
    last_stage = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER portal$", last_stage, re.MULTILINE)


def test_the_image_is_checked_through_healthz():
    assert re.search(r"HEALTHCHECK .*\\\n.*/healthz", DOCKERFILE)


def test_the_image_carries_no_secret():
    assert not re.search(r"SECRET_KEY|CONSENT_HASH_KEY|PASSWORD", DOCKERFILE)
