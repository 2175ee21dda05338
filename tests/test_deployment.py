"""The compose file, the image and .env.example agree with the settings in the code."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from tests.faults.machine import quiet_settings

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
COMPOSE_ONLY = {
    "DATABASE_PASSWORD",
    "HTTPS_PORT",
    "HTTP_PORT",
    "PORTAL_TAG",
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


@pytest.mark.parametrize("process", ["migrate", "web", "worker", "beat"])
def test_compose_runs_each_process_from_one_image_in_production(process):
    service = COMPOSE["services"][process]
    assert service["image"] == COMPOSE["services"]["web"]["image"]
    assert service["environment"]["PORTAL_MODE"] == "production"


@pytest.mark.parametrize("service", ["db", "redis", "proxy"])
def test_outside_images_are_pinned_by_tag(service):
    tag = COMPOSE["services"][service]["image"].partition(":")[2]
    assert tag not in {"", "latest"}


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
